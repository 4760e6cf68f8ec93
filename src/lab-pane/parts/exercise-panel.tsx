import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { Announcer } from './announcer.tsx';
import { CheckButton } from './check-button.tsx';
import { CheckList } from './check-list.tsx';
import { ExerciseMenu } from './exercise-menu.tsx';
import { ExerciseOutcome } from './exercise-outcome.tsx';
import { ExerciseSteps } from './exercise-steps.tsx';
import { HelpSection } from './help-section.tsx';
import { StartOffer } from './start-offer.tsx';
import { Waits } from './waits.tsx';

/** The exercise in front: goal, checks with their verdicts, questions, and help. */
export function ExercisePanel() {
  const { lab, exercises, language, texts } = usePane();
  const words = texts.exercise;
  const exercise = exercises.current.value;
  if (!exercise) return <div class="lp-exercise" />;
  const lang = language;
  const labs = lab.lesson.value?.labs ?? [];
  const isOneOfSeveral = labs.length > 1;
  const labTitle = labs.find(({ id }) => id === exercise.lab)?.title[lang];
  return (
    <section class="lp-exercise" aria-label={words.region}>
      <header class="lp-exercise-head">
        <ExerciseSteps />
        <h2>
          <RichText text={exercise.title[lang]} />
          {exercise.extra && <span class="lp-extra">{words.extra}</span>}
        </h2>
        <CheckButton />
        <ExerciseMenu />
      </header>
      <div class="lp-exercise-body" key={exercise.id}>
        {isOneOfSeveral && labTitle && <p class="lp-lab-title">{words.lab(labTitle)}</p>}
        <ExerciseOutcome />
        <StartOffer />
        <p class="lp-goal">
          <RichText text={exercise.goal[lang]} />
        </p>
        <Waits />
        <CheckList exercise={exercise} />
        <HelpSection exercise={exercise} />
      </div>
      <Announcer exercise={exercise} />
    </section>
  );
}
