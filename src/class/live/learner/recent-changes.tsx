import { useMemo } from 'preact/hooks';
import { logLines } from '../../../lab-pane/timeline/log-lines.ts';
import { storyOf } from '../../../lab-pane/timeline/rollout-choice.ts';
import { TIMELINE_TEXTS } from '../../../lab-pane/timeline/texts.ts';
import { useViewTexts } from '../../../lab-pane/view-texts.ts';
import { clockWords } from '../clock-words.ts';
import { useLive } from '../live-context.ts';
import type { LearnerLab } from './learner-lab.ts';

const SHOWN = 14;

/** The last that happened to the lab's main service and its nodes, in words, newest first. */
export function RecentChanges({ lab }: { lab: LearnerLab }) {
  const { language, texts } = useLive();
  const words = useViewTexts(TIMELINE_TEXTS);
  const { entries } = lab.model.value.history;
  const lines = useMemo(() => {
    if (words === null) return [];
    const serviceId = storyOf(entries).mainServiceId ?? '';
    return logLines(entries, serviceId, words).slice(-SHOWN).reverse();
  }, [entries, words]);
  return (
    <section class="fm-card lv-wide" aria-labelledby="lv-recent">
      <h3 id="lv-recent">{texts.learner.recent}</h3>
      {lines.length === 0 && <p class="fm-quiet">{texts.learner.nothingYet}</p>}
      <ol class="lv-recent">
        {lines.map(({ seq, atMs, text, tone }, index) => (
          <li key={`${seq}-${index}`} data-tone={tone}>
            <time dateTime={new Date(atMs).toISOString()}>{clockWords(atMs, language)}</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
