const PATHS = {
  passed: 'M3.5 8.5 6.5 11.5 12.5 5',
  failed: 'M8 4.5v4M8 11v.5',
  pending: 'M8 4.5V8l2.5 1.5',
  errored: 'M6.2 6.2a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.7-.8 1.4M8 11.4v.2',
  plus: 'M8 3.5v9M3.5 8h9',
  close: 'm4.5 4.5 7 7m0-7-7 7',
  reset: 'M12.8 6.5A5 5 0 1 0 13 9.2M13 3.2v3.5H9.5',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3l3.2 3.2',
  more: 'M3.2 7.9h.2v.2h-.2ZM7.9 7.9h.2v.2h-.2ZM12.6 7.9h.2v.2h-.2Z',
  widen: 'M9.5 2.5h4v4M6.5 13.5h-4v-4M13.2 2.8 9 7M2.8 13.2 7 9',
  narrow: 'M13.5 6.5h-4v-4M2.5 9.5h4v4M9.8 6.2 13.5 2.5M6.2 9.8 2.5 13.5',
  help: 'M6.2 6.2a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.7-.8 1.4M8 11.4v.2M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z',
  down: 'm4 6 4 4 4-4',
  up: 'm4 10 4-4 4 4',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  run: 'm3 4 4 4-4 4M8.5 12.5H14',
  next: 'M3 8h9.5M9 4.5 12.5 8 9 11.5',
  back: 'M13 8H3.5M7 4.5 3.5 8 7 11.5',
  outside: 'M9 3h4v4M12.7 3.3 7.5 8.5M11.5 9.5V13h-8.5V4.5h3.5',
  power: 'M8 2.2v5.3M5 4.2a5 5 0 1 0 6 0',
  save: 'M8 2.5v7M4.8 6.6 8 9.8l3.2-3.2M3 13h10',
  map: 'M2.5 2.5h4.5v4.5h-4.5zM9 2.5h4.5v4.5h-4.5zM2.5 9h4.5v4.5h-4.5zM9 9h4.5v4.5h-4.5z',
  timeline: 'M2.5 4h6M5 8h6M7.5 12h6',
  app: 'M2 3.5h12v9h-12zM2 6.2h12M3.8 4.9h.1M5.4 4.9h.1',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  keyboard: 'M1.5 4h13v8h-13zM4 6.6h.1M6.6 6.6h.1M9.3 6.6h.1M12 6.6h.1M4.8 9.5h6.4',
  bulb: 'M6 12.5h4M6.5 14.5h3M5.2 9.5a4 4 0 1 1 5.6 0c-.5.5-.8 1-.8 1.5H6c0-.5-.3-1-.8-1.5Z',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: whatever it means is said in words beside it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="lp-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
