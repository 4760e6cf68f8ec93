import { useCallback, useEffect } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import { ShowBar } from '../watch/show-bar.tsx';
import { WatchBar } from '../watch/watch-bar.tsx';
import { Bar } from './bar.tsx';
import { later } from './later.tsx';
import { SidePanel } from './side-panel.tsx';
import { Splitter } from './splitter.tsx';
import { Stage } from './stage.tsx';

const Dialogs = later(async () => (await import('./dialogs.tsx')).Dialogs);

export function Pane({ host }: { host: HTMLElement }) {
  const { settings, dialog } = usePane();
  const wide = settings.wide.value;
  const open = settings.exerciseOpen.value;
  useEffect(() => {
    host.toggleAttribute('data-wide', wide);
    document.documentElement.toggleAttribute('data-lab-wide', wide);
    return () => document.documentElement.removeAttribute('data-lab-wide');
  }, [host, wide]);
  /** A question that can't be shown is answered with no. */
  const unanswered = useCallback(() => {
    const open = dialog.peek();
    if (open?.kind === 'paste' || open?.kind === 'link') open.answer(false);
    dialog.value = null;
  }, [dialog]);
  return (
    <div
      class="lp-frame"
      data-exercise={open ? 'open' : 'closed'}
      style={{ '--lp-exercise-height': `${settings.exercisePercent.value}%` }}
    >
      <WatchBar />
      <ShowBar />
      <div class="lp-root">
        <Bar />
        <Stage />
        <div class="lp-side">
          <Splitter host={host} />
          <SidePanel />
        </div>
      </div>
      {dialog.value && <Dialogs onLost={unanswered} />}
    </div>
  );
}
