import { useMemo } from 'preact/hooks';
import type { CareItem, CareRound } from '#contract/class-care.ts';
import { cancelCare, newWorkId, startCare } from '../../api-client/care-api.ts';
import { problemText } from '../../api-client/lab-problem.ts';
import { fillPlaceholders } from '../../api-client/placeholders.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';
import { countsOf, leftMs, targetsLeft } from './round-summary.ts';

interface RoundCardProps {
  readonly cohort: string;
  readonly round: CareRound;
  readonly onDismiss?: () => void;
}

const OPEN_UP_TO = 8;
const TOLD = ['done', 'queued', 'failed', 'skipped'] as const;

/** One round: what, by whom and why, how far it is, what came of each, and what can be done about it. */
export function RoundCard({ cohort, round, onDismiss }: RoundCardProps) {
  const { language, texts } = useClass();
  const { panel, span } = texts.care;
  const action = useAction();
  const againId = useMemo(newWorkId, [round.id]);
  const counts = countsOf(round);
  const all = round.items.length;
  const over = all - counts.waiting - counts.running;
  const isOver = round.endedAtMs !== null;
  const left = leftMs(round);
  const again = targetsLeft(round);
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
  const said = TOLD.filter((state) => counts[state] > 0).map((state) => panel.counts[state](counts[state]));
  const outcome = !isOver ? '' : round.state === 'cancelled' ? panel.cancelled : panel.allDone;
  return (
    <article class="care-round" data-state={isOver ? (counts.failed > 0 ? 'failed' : 'over') : 'going'}>
      <header>
        <h3>{headline(round, language, texts.care.panel, (ms) => when.format(ms))}</h3>
        <span class="fm-quiet">{panel.by(round.by, time.format(round.askedAtMs))}</span>
        <div class="fm-row">
          {!isOver && round.state !== 'cancelled' && counts.waiting > 0 && (
            <button
              type="button"
              class="lp-button"
              disabled={action.isBusy}
              onClick={() => void action.run(() => cancelCare(cohort, round.id))}
            >
              {panel.cancel}
            </button>
          )}
          {again.length > 0 && (
            <button
              type="button"
              class="lp-button"
              disabled={action.isBusy}
              onClick={() =>
                void action.run(async () => {
                  const { action: same, reason } = round;
                  await startCare(cohort, { id: againId, action: same, reason, targets: again });
                  onDismiss?.();
                })
              }
            >
              {panel.again(again.length)}
            </button>
          )}
          {isOver && onDismiss && (
            <button
              type="button"
              class="lp-button care-dismiss"
              aria-label={panel.dismiss}
              onClick={onDismiss}
            >
              ✕
            </button>
          )}
        </div>
      </header>
      {round.reason !== null && <p class="fm-quiet">{panel.reason(round.reason)}</p>}
      <div
        class="care-progress"
        role="progressbar"
        aria-label={panel.title}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={over}
        aria-valuetext={panel.progress(over, all)}
      >
        {TOLD.filter((state) => counts[state] > 0).map((state) => (
          <span key={state} data-state={state} style={{ flexGrow: counts[state] }} />
        ))}
        <span style={{ flexGrow: all - over }} />
      </div>
      <p class="care-numbers">
        {round.state === 'waiting' ? panel.waiting : panel.progress(over, all)}
        {said.map((text) => (
          <span key={text}>{text}</span>
        ))}
        {left !== null && <span>{panel.left(span(left))}</span>}
        <span role="status">{outcome}</span>
      </p>
      <ProblemNote problem={action.problem} language={language} />
      <details open={all <= OPEN_UP_TO || counts.failed > 0}>
        <summary>{panel.each}</summary>
        <ul class="care-items">
          {round.items.map((item, at) => (
            <Item key={at} item={item} />
          ))}
        </ul>
      </details>
    </article>
  );
}

function headline(
  { action, title }: CareRound,
  language: 'ko' | 'en',
  panel: ReturnType<typeof useClass>['texts']['care']['panel'],
  time: (ms: number) => string,
): string {
  if (action.type === 'prepare' && title !== null) return panel.prepared(title[language]);
  const what = panel.round[action.type];
  return action.type === 'extend' ? `${what} (${panel.until(time(action.untilMs))})` : what;
}

function Item({ item }: { item: CareItem }) {
  const { language, texts } = useClass();
  const { panel, problems, span } = texts.care;
  const why = (): string | null => {
    if (item.problem !== null) {
      const { code, params } = item.problem;
      const own = problems[code];
      if (own === undefined) return problemText(code, language, params);
      const values = Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'object' ? value[language] : value,
      ]);
      return fillPlaceholders(own, Object.fromEntries(values));
    }
    if (item.state === 'queued') return panel.queued;
    return item.state === 'skipped' ? panel.leftOut : null;
  };
  const reason = why();
  const tookMs = item.state === 'done' && item.tookMs !== null && item.tookMs >= 1000 ? item.tookMs : null;
  return (
    <li data-state={item.state}>
      <span class="care-state">{panel.state[item.state]}</span>
      <div>
        <strong>{item.name ?? panel.gone}</strong>{' '}
        <span class="fm-quiet">
          {item.title?.[language]}
          {tookMs !== null && ` (${span(tookMs)})`}
        </span>
      </div>
      {reason !== null && <p>{reason}</p>}
    </li>
  );
}
