import { useEffect, useRef, useState } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import { WatchQuestion } from './watch-question.tsx';
import { WatcherRow } from './watcher-row.tsx';

/** Over the whole pane while somebody asks to watch it, or does: it can't be put away but by ending that. */
export function WatchBar() {
  const { lab, texts } = usePane();
  const words = texts.watch;
  const { questions, watchers } = lab.model.value.watch;
  const isShown = questions.length + watchers.length > 0;
  const said = useSaid(watchers.length);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-watched', isShown);
    return () => document.documentElement.removeAttribute('data-watched');
  }, [isShown]);
  return (
    <>
      {isShown && (
        <section class="lp-watch" aria-label={words.region}>
          {watchers.map((watcher) => (
            <WatcherRow key={watcher.watch} watcher={watcher} />
          ))}
          {questions.map((question) => (
            <WatchQuestion key={`${question.watch} ${question.about}`} question={question} />
          ))}
        </section>
      )}
      <p class="lp-hidden" aria-live="assertive">
        {questions.map(({ by, about }) => words.ask[about](by)).join(' ')}
        {watchers
          .map(({ by, hasKeyboard }) => (hasKeyboard ? words.hasKeyboard(by) : words.watching(by)))
          .join(' ')}
        {said}
      </p>
    </>
  );
}

/** What is said when the last watcher has gone. */
function useSaid(watchers: number): string {
  const { texts } = usePane();
  const before = useRef(watchers);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    setOver(before.current > 0 && watchers === 0);
    before.current = watchers;
  }, [watchers]);
  return isOver ? texts.watch.over : '';
}
