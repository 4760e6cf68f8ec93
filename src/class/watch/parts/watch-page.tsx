import { ProblemNote } from '../../../forms/problem-note.tsx';
import { isSignedOut } from '../../class-context.ts';
import { useWatch } from '../watch-context.ts';
import { WatchHead } from './watch-head.tsx';
import { WatchStart } from './watch-start.tsx';
import { WatchedLab } from './watched-lab.tsx';

/** An instructor at a learner's lab: the question, what is seen, and the end. */
export function WatchPage() {
  const { watch, language, texts } = useWatch();
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
          {watch.isOn.value ? <WatchedLab /> : <WatchStart choice={watch.choice.value} />}
        </>
      )}
    </div>
  );
}
