import type { CohortView } from '#contract/class-api.ts';
import type { LiveLearner } from '#contract/class-live.ts';
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
export function SelectionBar({ learners, chosen, hidden, onClear }: SelectionBarProps) {
  const { texts } = useLive();
  const present = [...chosen].filter((id) => learners.has(id));
  const count = texts.selection.count(present.length);
  return (
    <fieldset class="cl-actions" aria-label={count}>
      <strong aria-live="polite">{count}</strong>
      {hidden > 0 && <span class="fm-quiet">{texts.selection.hidden(hidden)}</span>}
      <button type="button" class="lp-button" onClick={onClear}>
        {texts.selection.clear}
      </button>
    </fieldset>
  );
}
