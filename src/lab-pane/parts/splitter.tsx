import { useRef } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import { EXERCISE_PERCENT, numberWithin } from '../view-memory.ts';

const KEY_STEP_PERCENT = 4;

/** The border between terminals and exercise: drag it, or use the arrow keys; a double click puts it back. */
export function Splitter({ host }: { host: HTMLElement }) {
  const { settings, texts } = usePane();
  const bar = useRef<HTMLDivElement>(null);
  const percent = settings.exercisePercent.value;
  const set = (value: number) => {
    settings.exercisePercent.value = Math.round(numberWithin(value, EXERCISE_PERCENT) * 10) / 10;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is no <hr>
    <div
      class="lp-splitter"
      ref={bar}
      role="separator"
      tabIndex={settings.exerciseOpen.value ? 0 : -1}
      aria-orientation="horizontal"
      aria-label={texts.terminal.splitter}
      aria-valuemin={100 - EXERCISE_PERCENT.max}
      aria-valuemax={100 - EXERCISE_PERCENT.min}
      aria-valuenow={Math.round(100 - percent)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        bar.current?.setPointerCapture(event.pointerId);
        event.preventDefault();
        bar.current?.focus();
      }}
      onPointerMove={(event) => {
        if (!bar.current?.hasPointerCapture(event.pointerId)) return;
        const box = host.getBoundingClientRect();
        set(((box.bottom - event.clientY) / box.height) * 100);
      }}
      onDblClick={() => set(EXERCISE_PERCENT.normal)}
      onKeyDown={(event) => {
        const change = { ArrowUp: KEY_STEP_PERCENT, ArrowDown: -KEY_STEP_PERCENT }[event.key];
        if (change === undefined) return;
        event.preventDefault();
        set(percent + change);
      }}
    />
  );
}
