import type { CatalogExercise } from '#contract/api.ts';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { Icon } from './icon.tsx';
import { later } from './later.tsx';

const Solution = later(async () => (await import('./solution.tsx')).Solution);

/** Hints one at a time, and the solution when asked for. */
export function HelpSection({ exercise }: { exercise: CatalogExercise }) {
  const { exercises, dialog, language, texts } = usePane();
  const words = texts.help;
  const shown = exercises.hints.value?.exercise === exercise.id ? exercises.hints.value.hints : [];
  const total = exercises.hints.value?.total ?? exercise.hintCount;
  const solution = exercises.solution.value;
  return (
    <section class="lp-help" aria-label={words.hints}>
      {shown.length > 0 && (
        <ol class="lp-hints" aria-live="polite">
          {shown.map((hint, index) => (
            <li key={hint.en}>
              <span class="lp-hint-number">{words.hintNumber(index + 1)}</span>
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
      </div>
      {solution && <Solution script={solution.script} />}
    </section>
  );
}
