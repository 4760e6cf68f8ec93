import { Icon } from '../../../lab-pane/parts/icon.tsx';
import { RichText } from '../../../lab-pane/rich-text.tsx';
import { useLive } from '../live-context.ts';
import type { LearnerLab } from './learner-lab.ts';

/** The exercise at hand, check by check. */
export function ChecksCard({ lab }: { lab: LearnerLab }) {
  const { language, texts, exercises } = useLive();
  const { session, verdicts } = lab.model.value;
  const id = session?.activeExercise ?? null;
  const exercise = exercises.find((one) => one.id === id);
  const verdict = id === null ? undefined : verdicts[id];
  return (
    <section class="fm-card" aria-labelledby="lv-checks">
      <h3 id="lv-checks">{texts.learner.checks}</h3>
      {exercise && (
        <p>
          {exercise.lesson} {exercise.title[language]}
        </p>
      )}
      {!verdict && <p class="fm-quiet">{texts.learner.noVerdict}</p>}
      {verdict && (
        <ul class="lv-checks">
          {verdict.checks.map((check) => (
            <li key={check.id} data-verdict={check.verdict}>
              <Icon name={check.verdict} />
              <div>
                <span class="lp-hidden">{texts.learner.verdicts[check.verdict]}: </span>
                <RichText
                  text={exercise?.checks.find((one) => one.id === check.id)?.title[language] ?? check.id}
                />
                {check.verdict !== 'passed' && check.message && check.waitsFor === null && (
                  <p>
                    <RichText text={check.message[language]} />
                  </p>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
