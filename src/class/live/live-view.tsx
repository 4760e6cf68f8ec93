import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { CohortView } from '#contract/class-api.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { isSignedOut, useClass } from '../class-context.ts';
import { ClassTable } from './class-table.tsx';
import { dropCostlyRules } from './drop-costly-rules.ts';
import { LaterLearner } from './learner/later-learner.tsx';
import { LiveContext } from './live-context.ts';
import { LiveLink } from './live-link.ts';
import { ServerClock } from './server-clock.ts';
import { type LiveTexts, loadTexts } from './texts.ts';

/** The class as it is now: learners × exercises. */
export function LiveView({ cohort }: { cohort: CohortView }) {
  const { language, refresh } = useClass();
  const texts = useSignal<LiveTexts | null>(null);
  const open = useSignal<{ readonly link: LiveLink; readonly clock: ServerClock } | null>(null);
  useEffect(() => {
    void loadTexts(language).then((loaded) => {
      texts.value = loaded;
    });
    document.documentElement.dataset['classLive'] = '';
    dropCostlyRules();
    const [link, clock] = [new LiveLink(cohort.id), new ServerClock()];
    open.value = { link, clock };
    const wake = () => link.wake();
    const unfollow = link.state.subscribe(({ aheadMs }) => clock.set(aheadMs));
    const untold = link.problem.subscribe((problem) => {
      if (problem !== null && isSignedOut(problem)) void refresh();
    });
    addEventListener('online', wake);
    return () => {
      delete document.documentElement.dataset['classLive'];
      removeEventListener('online', wake);
      unfollow();
      untold();
      link.close();
      clock[Symbol.dispose]();
    };
  }, [cohort.id, language]);
  if (texts.value === null || open.value === null) return null;
  return <LiveClass cohort={cohort} texts={texts.value} {...open.value} />;
}

interface LiveClassProps {
  readonly cohort: CohortView;
  readonly texts: LiveTexts;
  readonly link: LiveLink;
  readonly clock: ServerClock;
}

function LiveClass({ cohort, texts, link, clock }: LiveClassProps) {
  const { language } = useClass();
  const { exercises, labTitles, learners, isThere } = link.state.value;
  const id = new URLSearchParams(location.search).get('learner');
  const learner = [...learners.values()].find((one) => one.id === id);
  const context = useMemo(
    () => ({ language, texts, exercises, labTitles }),
    [language, texts, exercises, labTitles],
  );
  return (
    <LiveContext.Provider value={context}>
      <ProblemNote problem={link.problem.value} language={language} />
      <div role="status">
        {link.connection.value === 'reconnecting' && link.problem.value === null && (
          <p class="fm-note fm-waiting">{texts.reconnecting}</p>
        )}
      </div>
      {!isThere && link.problem.value === null && <p class="fm-quiet">{texts.connecting}</p>}
      {isThere &&
        id !== null &&
        (learner ? (
          <LaterLearner cohort={cohort} learner={learner} clock={clock} />
        ) : (
          <p>{texts.learner.unknown}</p>
        ))}
      {isThere && id === null && learners.size === 0 && <p class="fm-quiet">{texts.nobody}</p>}
      {isThere && id === null && learners.size > 0 && (
        <ClassTable cohort={cohort} learners={learners} clock={clock} />
      )}
    </LiveContext.Provider>
  );
}
