import { Component } from 'preact';
import type { LiveLearner } from '#contract/class-live.ts';
import { ExerciseCell } from './exercise-cell.tsx';
import { LabCell } from './lab-cell.tsx';
import { LiveContext, type LiveContextValue } from './live-context.ts';
import type { Need } from './need.ts';
import { NowCell } from './now-cell.tsx';
import { sectionsOf } from './sections.ts';
import type { ServerClock } from './server-clock.ts';

export interface LiveRowProps {
  readonly learner: LiveLearner;
  readonly need: Need;
  readonly passed: number;
  readonly isChosen: boolean;
  readonly href: string;
  readonly clock: ServerClock;
  readonly onChoose: (id: string, isRange: boolean) => void;
}

const COMPARED = ['learner', 'need', 'passed', 'isChosen', 'href'] as const;

/** A learner's row. Of two hundred, only those are drawn anew of which something is new. */
export class LiveRow extends Component<LiveRowProps> {
  override shouldComponentUpdate(next: LiveRowProps): boolean {
    return COMPARED.some((name) => this.props[name] !== next[name]);
  }

  override render() {
    return (
      <LiveContext.Consumer>
        {(context) => context && <Row {...this.props} context={context} />}
      </LiveContext.Consumer>
    );
  }
}

function Row(props: LiveRowProps & { context: LiveContextValue }) {
  const { learner, need, passed, isChosen, href, context } = props;
  const { texts, exercises } = context;
  const asked = exercises.length;
  const choose = (isRange: boolean) => props.onChoose(learner.id, isRange);
  return (
    <tr
      data-learner={learner.id}
      data-need={need}
      data-chosen={isChosen ? '' : undefined}
      data-here={learner.here ? '' : undefined}
    >
      <td class="lv-choose">
        <input
          type="checkbox"
          aria-label={texts.table.select(learner.name)}
          checked={isChosen}
          onClick={(event) => choose(event.shiftKey)}
          onKeyDown={(event) => moveFocus(event, choose)}
        />
      </td>
      <th class="lv-who" scope="row">
        <a href={href}>{learner.name}</a>
      </th>
      <NowCell {...props} />
      <LabCell labs={learner.labs} />
      {sectionsOf(exercises).flatMap(({ exercises }) =>
        exercises.map((exercise, index) => (
          <ExerciseCell
            key={exercise.id}
            exercise={exercise}
            cell={learner.cells[exercise.id]}
            isFirst={index === 0}
          />
        )),
      )}
      <td class="lv-sum">
        <span aria-hidden="true">{passed}</span>
        <span class="lp-hidden">{texts.table.passedOf(passed, asked)}</span>
      </td>
    </tr>
  );
}

/** Arrow keys go from box to box; with Shift they choose on the way. */
function moveFocus(event: KeyboardEvent, choose: (isRange: boolean) => void): void {
  const by = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' } as const;
  const way = by[event.key as keyof typeof by];
  if (way === undefined || !(event.currentTarget instanceof HTMLElement)) return;
  const box = event.currentTarget.closest('tr')?.[way]?.querySelector<HTMLInputElement>('.lv-choose input');
  if (!box) return;
  event.preventDefault();
  if (event.shiftKey && event.currentTarget instanceof HTMLInputElement && !event.currentTarget.checked)
    choose(false);
  box.focus();
  if (event.shiftKey && !box.checked) box.click();
}
