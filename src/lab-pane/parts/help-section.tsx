import type { CatalogExercise } from '#contract/api.ts';
import { classState, solutionLock } from '../../class-channel/class-channel.ts';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { Icon } from './icon.tsx';
import { later } from './later.tsx';

const Solution = later(async () => (await import('./solution.tsx')).Solution);

const PaneHand = later(async () => (await import('../../class-channel/parts/pane-hand.tsx')).PaneHand);

/** Hints one at a time, and the solution when asked for. */
export function HelpSection({ exercise }: { exercise: CatalogExercise }) {
  const { exercises, dialog, language, texts } = usePane();
  const words = texts.help;
  const shown = exercises.hints.value?.exercise === exercise.id ? exercises.hints.value.hints : [];
  const total = exercises.hints.value?.total ?? exercise.hintCount;
  const given = exercises.hints.value?.exercise === exercise.id ? exercises.hints.value.given : 0;
  const solution = exercises.solution.value;
  const lock = solutionLock(exercise.id);
  return (
    <section class="lp-help" aria-label={words.hints}>
      {shown.length > 0 && (
        <ol class="lp-hints" aria-live="polite">
          {shown.map((hint, index) => (
            <li key={hint.en}>
              <span class="lp-hint-number">
                {words.hintNumber(index + 1)}
                {index < given && <em>{words.hintGiven}</em>}
              </span>
              <p>
                <RichText text={hint[language]} />
              </p>
            </li>
          ))}
        </ol>
      )}
      <div class="lp-help-buttons">
        {shown.length < total ? (
          <button type="button" class="lp-button" onClick={() => void exercises.showHint()}>
            <Icon name="bulb" />
            {words.hint(shown.length, total)}
          </button>
        ) : (
          <p class="lp-quiet">{words.noMore}</p>
        )}
        {solution ? (
          <button type="button" class="lp-button" onClick={() => exercises.hideSolution()}>
            {words.hideSolution}
          </button>
        ) : lock === 'locked' ? (
          <p class="lp-quiet">{words.solutionLocked}</p>
        ) : (
          <button
            type="button"
            class="lp-button"
            onClick={() => {
              dialog.value = { kind: 'solution' };
            }}
          >
            {words.solution}
          </button>
        )}
        {classState.value !== null && <PaneHand exercise={exercise.id} />}
      </div>
      <p class="lp-quiet lp-unlocked" role="status">
        {lock === 'unlocked' && !solution && words.solutionUnlocked}
      </p>
      {solution && <Solution script={solution.script} />}
    </section>
  );
}
