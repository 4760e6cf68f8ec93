import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { LiveAttempt } from '#contract/class-live.ts';
import { ProblemNote } from '../../../forms/problem-note.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { RichText } from '../../../lab-pane/rich-text.tsx';
import { momentWords } from '../exercise-cell.tsx';
import { useLive } from '../live-context.ts';
import type { LearnerApi } from './learner-api.ts';

/** Gradings on record, newest first, with what was not met. */
export function AttemptsCard({ api }: { api: LearnerApi }) {
  const { language, texts } = useLive();
  const attempts = useSignal<readonly LiveAttempt[] | null>(null);
  const loading = useAction();
  useEffect(() => {
    void loading.run(async () => {
      attempts.value = (await api.attempts()).attempts;
    });
  }, [api]);
  return (
    <section class="fm-card" aria-labelledby="lv-attempts">
      <h3 id="lv-attempts">{texts.learner.attempts}</h3>
      <ProblemNote problem={loading.problem} language={language} />
      {attempts.value?.length === 0 && <p class="fm-quiet">{texts.learner.noAttempts}</p>}
      <ol class="lv-attempts">
        {attempts.value?.map((attempt) => (
          <AttemptRow key={attempt.id} attempt={attempt} />
        ))}
      </ol>
    </section>
  );
}

function AttemptRow({ attempt: { atMs, exercise: id, trigger, passed, checks } }: { attempt: LiveAttempt }) {
  const { language, texts, exercises } = useLive();
  const words = texts.learner;
  const exercise = exercises.find((one) => one.id === id);
  const unmet = checks.filter(({ verdict, waitsFor }) => verdict !== 'passed' && waitsFor === null);
  const titleOf = (check: string): string =>
    exercise?.checks.find((one) => one.id === check)?.title[language] ?? check;
  return (
    <li data-passed={passed ? '' : undefined}>
      <time dateTime={new Date(atMs).toISOString()}>{momentWords(atMs, language)}</time>
      <div>
        <strong>
          {exercise?.lesson} {exercise?.title[language] ?? id}
        </strong>{' '}
        <span class="lv-result">{passed ? words.verdicts.passed : words.notMet(unmet.length)}</span>{' '}
        <span class="lv-quiet">{words.triggers[trigger]}</span>
        {!passed && (
          <ul>
            {unmet.map(({ id: check, message }) => (
              <li key={check}>
                <RichText text={titleOf(check)} />
                {message && (
                  <p>
                    <RichText text={message[language]} />
                  </p>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
