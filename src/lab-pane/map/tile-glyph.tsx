import type { TaskPhase } from './task-phase.ts';

const PATHS: Readonly<Record<TaskPhase, string>> = {
  running: 'M2.5 6.5 5 9l4.8-5.5',
  unhealthy: 'M6 2.2v4.4M6 9.2v.4',
  starting: 'M6 1.8A4.2 4.2 0 1 1 1.8 6',
  waiting: 'M2.6 6h.1M6 6h.1M9.4 6h.1',
  stopping: 'M6 2v7.4M2.8 6.4 6 9.6l3.2-3.2',
  stopped: 'M3 3h6v6H3z',
  failed: 'm2.8 2.8 6.4 6.4m0-6.4-6.4 6.4',
  cut: 'M2.8 4.6 5 6.8l4.2-4.6M1.6 10.4h1.2M5.4 10.4h1.2M9.2 10.4h1.2',
  unknown: 'M4 4.1a2 2 0 1 1 3 1.7c-.7.4-1 .8-1 1.5M6 9.8v.1',
};

/** The sign of what a task does, the same in tiles, legend and details. */
export function TileGlyph({ phase }: { phase: TaskPhase }) {
  return (
    <svg class="lp-glyph" data-phase={phase} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path d={PATHS[phase]} />
    </svg>
  );
}
