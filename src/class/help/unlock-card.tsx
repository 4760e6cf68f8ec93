import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { RosterEntry } from '#contract/class-api.ts';
import type { CohortHelpEvent, UnlockableExercises, Unlocked } from '#contract/class-help.ts';
import { LearnerId } from '#contract/ids.ts';
import { setUnlocked } from '../../api-client/class-help-api.ts';
import type { HelpTexts } from './texts.ts';
import { UnlockRow } from './unlock-row.tsx';

interface UnlockCardProps {
  readonly cohort: string;
  readonly learners: readonly RosterEntry[];
  readonly exercises: UnlockableExercises['exercises'];
  readonly unlocked: Extract<CohortHelpEvent, { readonly type: 'unlocked' }> | undefined;
  /** Whether learners may open solutions by themselves. */
  readonly areSolutionsOpen: boolean;
  readonly texts: HelpTexts;
}

/** What is unlocked of every exercise, for the class or for one learner. */
export function UnlockCard(props: UnlockCardProps) {
  const { cohort, learners, exercises, unlocked, areSolutionsOpen, texts } = props;
  const chosen = useSignal('');
  const id = useId();
  const words = texts.unlock;
  const learner = learners.find((one) => one.id === chosen.value)?.id ?? null;
  const forAll = byExercise(unlocked?.unlocked ?? []);
  const own =
    learner === null
      ? forAll
      : byExercise(unlocked?.ofLearners.filter((one) => one.learner === learner) ?? []);
  const lessons = [...new Set(exercises.map(({ lesson }) => lesson))];
  const set = (change: Unlocked) =>
    setUnlocked(cohort, { ...change, learner: learner === null ? null : LearnerId.parse(learner) });
  return (
    <section class="fm-card" aria-labelledby="ch-unlock">
      <div class="cl-card-head">
        <h2 id="ch-unlock">{words.title}</h2>
        <div class="ch-whom">
          <label for={id}>{words.whom}</label>
          <select
            id={id}
            value={learner ?? ''}
            onChange={(event) => {
              chosen.value = event.currentTarget.value;
            }}
          >
            <option value="">{words.everybody}</option>
            {learners.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
      </div>
      <p class="fm-quiet">
        {words.body} {areSolutionsOpen && words.open}
      </p>
      {lessons.map((lesson) => {
        const rows = exercises.filter((one) => one.lesson === lesson);
        return (
          <details key={lesson} class="ch-lesson">
            <summary>
              <strong>{words.lesson(lesson)}</strong>{' '}
              <span class="fm-quiet">{words.count(rows.filter((one) => own.has(one.id)).length)}</span>
            </summary>
            <ul>
              {rows.map((exercise) => (
                <UnlockRow
                  key={`${exercise.id} ${learner ?? ''}`}
                  exercise={exercise}
                  unlocked={own.get(exercise.id)}
                  forAll={learner === null ? undefined : forAll.get(exercise.id)}
                  texts={texts}
                  onSet={set}
                />
              ))}
            </ul>
          </details>
        );
      })}
    </section>
  );
}

function byExercise<T extends Unlocked>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((one) => [one.exercise, one]));
}
