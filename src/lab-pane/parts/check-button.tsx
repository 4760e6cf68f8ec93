import { usePane } from '../pane-parts.ts';

/** Checks run by themselves; the button is for whoever wants to be sure. It says when the swarm was last looked at. */
export function CheckButton() {
  const { lab, exercises, texts } = usePane();
  const words = texts.exercise;
  const exercise = exercises.current.value;
  const verdict = exercises.verdict.value;
  if (!exercise) return null;
  const passed = verdict?.checks.filter((check) => check.verdict === 'passed').length ?? 0;
  const mustActivate = lab.isReady.value && !exercises.isGraded.value;
  return (
    <div class="lp-check-now">
      {verdict && <span class="lp-count">{`${passed}/${exercise.checks.length}`}</span>}
      <button
        type="button"
        class="lp-button lp-check-button"
        disabled={!lab.isReady.value}
        aria-busy={exercises.checking.value}
        onClick={() => void (mustActivate ? exercises.activate() : exercises.check())}
      >
        {mustActivate ? words.workOn : words.check}
      </button>
    </div>
  );
}
