import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { CatalogExercise, ExerciseVerdict } from '#contract/api.ts';
import { usePane } from '../pane-parts.ts';
import { RateLimited } from '../rate-limited.ts';
import { verdictChange } from '../verdict-announcer.ts';

const INTERVAL_MS = 4_000;

/** Tells screen readers how the verdict changed, without talking over itself during a rollout. */
export function Announcer({ exercise }: { exercise: CatalogExercise }) {
  const { exercises, language, texts } = usePane();
  const said = useSignal('');
  /** What was said last; between two texts several verdicts may pass by. */
  const heard = useRef<ExerciseVerdict | null>(null);
  const limited = useMemo(
    () =>
      new RateLimited<ExerciseVerdict>(INTERVAL_MS, (verdict) => {
        const before = heard.current?.exercise === verdict.exercise ? heard.current : null;
        heard.current = verdict;
        const options = { language, texts: texts.exercise };
        const text = verdictChange(exercise, before, verdict, options);
        if (text) said.value = text;
      }),
    [exercise, language, texts, said],
  );
  const verdict = exercises.verdict.value;
  useEffect(() => {
    if (verdict) limited.push(verdict);
  }, [limited, verdict]);
  useEffect(() => () => limited.stop(), [limited]);
  return (
    <p class="lp-hidden" aria-live="polite">
      {said.value}
    </p>
  );
}
