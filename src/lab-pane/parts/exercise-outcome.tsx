import { useEffect, useRef } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { Icon } from './icon.tsx';

/** Above the checks: that the exercise is passed and what comes next, or what keeps it from being graded. */
export function ExerciseOutcome() {
  const { lab, exercises, language, texts } = usePane();
  const problem = exercises.problem.value;
  return (
    <>
      {problem && (
        <p class="lp-note" data-level="warning" role="alert">
          <RichText text={problem.text(language)} />
        </p>
      )}
      {exercises.completedAtMs.value !== null && <Passed />}
      {lab.isReady.value && !exercises.isGraded.value && <p class="lp-note">{texts.exercise.otherActive}</p>}
    </>
  );
}

function Passed() {
  const { lab, exercises, language, texts } = usePane();
  const words = texts.exercise;
  const box = useRef<HTMLDivElement>(null);
  const next = exercises.next.value;
  const isMet = exercises.verdict.value?.passed === true;
  const isNews = useIsNews(isMet);

  // Whoever answers the last question is far below: the good news comes into view.
  useEffect(() => {
    if (isNews) box.current?.scrollIntoView({ block: 'nearest' });
  }, [isNews]);

  return (
    <div class="lp-passed" data-news={isNews} ref={box}>
      <Icon name="passed" />
      <div class="lp-passed-text">
        <p class="lp-passed-title">{words.passedTitle}</p>
        <p>{isMet || !lab.isReady.value ? words.passedBody : words.completedBefore}</p>
      </div>
      {next ? (
        <button type="button" class="lp-button lp-primary" onClick={() => exercises.choose(next.id)}>
          {words.next(next.title[language].replaceAll('`', ''))}
          <Icon name="next" />
        </button>
      ) : (
        <p>{words.allDone}</p>
      )}
    </div>
  );
}

/** Whether every check was met within the last moments: an exercise passed days ago is no news. */
function useIsNews(isMet: boolean): boolean {
  const { exercises } = usePane();
  const atMs = exercises.completedAtMs.value ?? 0;
  const evaluatedAtMs = exercises.verdict.value?.evaluatedAtMs ?? 0;
  return isMet && evaluatedAtMs - atMs < NEWS_MS;
}

const NEWS_MS = 3_000;
