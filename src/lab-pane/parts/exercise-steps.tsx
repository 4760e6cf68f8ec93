import { usePane } from '../pane-parts.ts';
import { Icon } from './icon.tsx';

/** Chooser: one numbered button per exercise of the lesson. */
export function ExerciseSteps() {
  const { exercises, language, texts } = usePane();
  const words = texts.exercise;
  const list = exercises.list.value;
  const current = exercises.current.value?.id;
  return (
    <nav class="lp-chooser" aria-label={words.chooser}>
      {list.map((exercise, index) => {
        const state = exercises.states.value[exercise.id] ?? 'todo';
        const label = words.option(
          index + 1,
          exercise.title[language].replaceAll('`', ''),
          state,
          exercise.extra,
        );
        return (
          <button
            key={exercise.id}
            type="button"
            data-state={state}
            data-extra={exercise.extra}
            data-apart={exercise.lab !== (list[index - 1]?.lab ?? exercise.lab)}
            aria-label={label}
            title={label}
            aria-current={exercise.id === current ? 'step' : undefined}
            onClick={() => exercises.choose(exercise.id)}
          >
            {state === 'passed' ? <Icon name="passed" /> : index + 1}
          </button>
        );
      })}
    </nav>
  );
}
