import { ProblemNote } from '../../../forms/problem-note.tsx';
import type { ShowController } from '../show-controller.ts';
import { useSight } from '../sight-context.ts';
import { WatchedLab } from './watched-lab.tsx';

/** A learner at the lab that an instructor shows to the class. */
export function ShowPage({ show }: { show: ShowController }) {
  const { sight, language, texts } = useSight();
  const shown = show.show.value;
  return (
    <div class="wt-page" data-on={shown !== null}>
      <ProblemNote problem={show.problem.value} language={language} />
      <div role="status">{show.isOver.value && <p class="fm-note">{texts.show.over}</p>}</div>
      {shown !== null && (
        <>
          <header class="wt-head">
            <h2>{texts.show.title(shown.by)}</h2>
            <span class="wt-badge">{shown.title[language]}</span>
          </header>
          {sight.connection.value === 'reconnecting' && <p class="fm-note fm-waiting">{texts.offline}</p>}
          <WatchedLab />
        </>
      )}
    </div>
  );
}
