import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { Icon } from './icon.tsx';

/** Above the checks: that the exercise is passed and what comes next, or what keeps it from being graded. */
export function ExerciseOutcome() {
  const { lab, exercises, language, texts } = usePane();
  const words = texts.exercise;
  const problem = exercises.problem.value;
  const next = exercises.next.value;
  const isMet = exercises.verdict.value?.passed === true;
  const isCompleted = exercises.completedAtMs.value !== null;
  return (
    <>
      {problem && (
        <p class="lp-note" data-level="warning" role="alert">
          <RichText text={problem.text(language)} />
        </p>
      )}
      {isCompleted && (
        <div class="lp-passed" data-fresh={isMet}>
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
      )}
      {lab.isReady.value && !exercises.isGraded.value && <p class="lp-note">{words.otherActive}</p>}
    </>
  );
}
