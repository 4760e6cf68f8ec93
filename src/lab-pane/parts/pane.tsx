import { useEffect } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import { Bar } from './bar.tsx';
import { Dialogs } from './dialogs.tsx';
import { ExercisePanel } from './exercise-panel.tsx';
import { Splitter } from './splitter.tsx';
import { Stage } from './stage.tsx';

export function Pane({ host }: { host: HTMLElement }) {
  const { settings } = usePane();
  const wide = settings.wide.value;
  const open = settings.exerciseOpen.value;
  useEffect(() => {
    host.toggleAttribute('data-wide', wide);
    document.documentElement.toggleAttribute('data-lab-wide', wide);
    return () => document.documentElement.removeAttribute('data-lab-wide');
  }, [host, wide]);
  return (
    <div
      class="lp-frame"
      data-exercise={open ? 'open' : 'closed'}
      style={{ '--lp-exercise-height': `${settings.exercisePercent.value}%` }}
    >
      <div class="lp-root">
        <Bar />
        <Stage />
        <div class="lp-side">
          <Splitter host={host} />
          <ExercisePanel />
        </div>
      </div>
      <Dialogs />
    </div>
  );
}
