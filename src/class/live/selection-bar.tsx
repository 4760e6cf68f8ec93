import type { CohortView } from '#contract/class-api.ts';
import type { LiveLearner } from '#contract/class-live.ts';
import { CareBar } from '../care/care-bar.tsx';
import { careTargets } from './care-targets.ts';
import { useLive } from './live-context.ts';

interface SelectionBarProps {
  readonly cohort: CohortView;
  readonly learners: ReadonlyMap<string, LiveLearner>;
  readonly chosen: ReadonlySet<string>;
  /** How many of them the filter leaves out. */
  readonly hidden: number;
  readonly onClear: () => void;
}

/** What can be done with those who are chosen. */
export function SelectionBar({ cohort, learners, chosen, hidden, onClear }: SelectionBarProps) {
  const { texts, labTitles } = useLive();
  const targets = careTargets(learners, chosen, labTitles);
  return (
    <div class="lv-selection">
      <CareBar cohort={cohort.id} targets={targets} />
      {hidden > 0 && <p class="fm-quiet">{texts.selection.hidden(hidden)}</p>}
      <button type="button" class="lp-button" onClick={onClear}>
        {texts.selection.clear}
      </button>
    </div>
  );
}
