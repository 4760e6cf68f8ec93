import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { KeptRollout } from '#contract/api.ts';
import { ProblemNote } from '../../../forms/problem-note.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { versionOf } from '../../../lab-pane/map/image-version.ts';
import { TIMELINE_TEXTS, type TimelineTexts } from '../../../lab-pane/timeline/texts.ts';
import { momentWords } from '../exercise-cell.tsx';
import { useLive } from '../live-context.ts';
import type { LearnerApi } from './learner-api.ts';

/** Rollouts of labs that are closed, in a line each. */
export function KeptRolloutsCard({ api }: { api: LearnerApi }) {
  const { language, texts } = useLive();
  const words = useSignal<TimelineTexts | null>(null);
  const rollouts = useSignal<readonly KeptRollout[]>([]);
  const loading = useAction();
  useEffect(() => {
    void loading.run(async () => {
      words.value = await TIMELINE_TEXTS[language]();
      rollouts.value = (await api.list()).rollouts;
    });
  }, [api, language]);
  if (rollouts.value.length === 0 || words.value === null)
    return <ProblemNote problem={loading.problem} language={language} />;
  const { outcomes } = words.value;
  return (
    <section class="fm-card" aria-labelledby="lv-kept">
      <h3 id="lv-kept">{texts.learner.kept}</h3>
      <ol class="lv-recent">
        {rollouts.value.map(({ id, startedAtMs, service, fromImage, toImage, outcome }) => (
          <li key={id}>
            <time dateTime={new Date(startedAtMs).toISOString()}>{momentWords(startedAtMs, language)}</time>
            <span>
              <bdi>{service.name}</bdi> {fromImage === null ? '–' : versionOf(fromImage).tag} →{' '}
              {versionOf(toImage).tag} · {outcomes[outcome]}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
