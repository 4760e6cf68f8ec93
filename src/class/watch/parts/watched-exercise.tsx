import { Icon } from '../../../lab-pane/parts/icon.tsx';
import { RichText } from '../../../lab-pane/rich-text.tsx';
import { useSight } from '../sight-context.ts';

/** The exercise at hand, with what each check says of the lab now. */
export function WatchedExercise() {
  const { sight, language, texts, paneTexts } = useSight();
  const { session, verdicts } = sight.model.value;
  const id = session?.activeExercise ?? null;
  const exercise = sight.lesson.value?.exercises.find((one) => one.id === id) ?? null;
  const verdict = id === null ? undefined : verdicts[id];
  const words = paneTexts.exercise;
  return (
    <section class="wt-part" aria-labelledby="wt-exercise">
      <h3 id="wt-exercise">{texts.exercise}</h3>
      <div class="lp-frame wt-frame wt-checks">
        {id === null && <p>{texts.noExercise}</p>}
        <p class="wt-exercise">{exercise ? <RichText text={exercise.title[language]} /> : id}</p>
        <ul>
          {exercise?.checks.map((check) => {
            const own = verdict?.checks.find((one) => one.id === check.id);
            const isLater = own?.verdict === 'pending' && own.waitsFor !== null;
            const state = isLater ? 'later' : (own?.verdict ?? 'unknown');
            return (
              <li key={check.id} class="lp-check" data-verdict={state}>
                <span class="lp-check-icon">
                  {state !== 'unknown' && state !== 'later' && <Icon name={state} />}
                </span>
                <div>
                  <p class="lp-check-title">
                    <span>
                      <RichText text={check.title[language]} />
                    </span>
                    <span class="lp-check-state">
                      {state === 'unknown' ? texts.notChecked : words.verdicts[state]}
                    </span>
                  </p>
                  {own?.message && !isLater && (
                    <p class="lp-check-message">
                      <RichText text={own.message[language]} />
                    </p>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
