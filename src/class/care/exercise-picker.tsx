import { useId } from 'preact/hooks';
import type { CareCourse } from '#contract/class-care.ts';
import { Checkbox } from '../../forms/field.tsx';
import { useClass } from '../class-context.ts';
import type { CareTarget } from './care-target.ts';

interface ExercisePickerProps {
  /** `null`: on its way. */
  readonly course: CareCourse | null;
  readonly targets: readonly CareTarget[];
  readonly value: string;
  readonly startMissing: boolean;
  readonly onExercise: (id: string) => void;
  readonly onStartMissing: (isWanted: boolean) => void;
}

/** Which exercise is prepared, and what that means for those who have its lab and those who have not. */
export function ExercisePicker(props: ExercisePickerProps) {
  const { course, targets, value, startMissing, onExercise, onStartMissing } = props;
  const { language, texts } = useClass();
  const { dialog } = texts.care;
  const id = useId();
  const lessons = [...new Set(course?.exercises.map(({ lesson }) => lesson))];
  const picked = course?.exercises.find((exercise) => exercise.id === value);
  const lab = course?.labs.find((one) => one.id === picked?.lab);
  const having = targets.filter(({ labSessions }) => labSessions.some((one) => one.lab === lab?.id)).length;
  const missing = targets.length - having;
  return (
    <>
      <div class="fm-field">
        <label for={id}>{dialog.exercise}</label>
        <select id={id} required value={value} onChange={(event) => onExercise(event.currentTarget.value)}>
          <option value="">{course === null ? texts.loading : '–'}</option>
          {lessons.map((lesson) => (
            <optgroup key={lesson} label={dialog.lesson(lesson)}>
              {course?.exercises
                .filter((exercise) => exercise.lesson === lesson)
                .map((exercise) => (
                  <option key={exercise.id} value={exercise.id}>
                    {exercise.extra ? dialog.extra(exercise.title[language]) : exercise.title[language]}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </div>
      {lab && (
        <div class="care-effect">
          {having > 0 && <p>{dialog.open(lab.title[language], having)}</p>}
          {missing > 0 && (
            <Checkbox
              label={dialog.startMissing(missing)}
              hint={dialog.startMissingHint}
              checked={startMissing}
              onChange={onStartMissing}
            />
          )}
        </div>
      )}
    </>
  );
}
