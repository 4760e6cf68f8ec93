import { ProblemNote } from '../../../forms/problem-note.tsx';
import { isSignedOut } from '../../class-context.ts';
import { useSight } from '../sight-context.ts';
import { useWatch } from '../watch-context.ts';
import { KeyboardNote } from './keyboard-note.tsx';
import { WatchHead } from './watch-head.tsx';
import { WatchStart } from './watch-start.tsx';
import { WatchedLab } from './watched-lab.tsx';

/** An instructor at a learner's lab: the question, what is seen, and the end. */
export function WatchPage() {
  const watch = useWatch();
  const { language, texts } = useSight();
  const problem = watch.problem.value;
  if (problem !== null && isSignedOut(problem))
    return (
      <section class="fm-card fm-narrow">
        <p>{texts.signInFirst}</p>
        <a class="lp-button lp-primary" href={`/${language}/class/`}>
          {texts.toClasses}
        </a>
      </section>
    );
  const back = new URLSearchParams({ cohort: watch.cohort, view: 'people' });
  return (
    <div class="wt-page" data-on={watch.isOn.value}>
      <p>
        <a href={`/${language}/class/?${back}`}>← {texts.back}</a>
      </p>
      <ProblemNote problem={problem} language={language} />
      {watch.choice.value !== null && (
        <>
          <WatchHead />
          {watch.isOn.value ? (
            <>
              <div class="wt-notes" role="status">
                {watch.sight.connection.value === 'reconnecting' && (
                  <p class="fm-note fm-waiting">{texts.offline}</p>
                )}
                {watch.watching.value?.isLearnerThere === false && (
                  <p class="fm-note fm-waiting">{texts.learnerAway}</p>
                )}
                <KeyboardNote />
              </div>
              <WatchedLab />
            </>
          ) : (
            <WatchStart choice={watch.choice.value} />
          )}
        </>
      )}
    </div>
  );
}
