/**
 * What the pane remembers between pages: taste for good, the view of one lab for this browser tab. Everything is
 * a convenience: storage that is full, blocked or holds nonsense counts as empty.
 */
const TASTE_KEY = 'rollout-lab.pane';
const VIEW_KEY = 'rollout-lab.view';

export interface PaneTaste {
  readonly fontSizePx: number;
  readonly screenReader: boolean;
  /** Height of the exercise part in percent of the pane. */
  readonly exercisePercent: number;
  readonly exerciseOpen: boolean;
}

export interface LabView {
  readonly tab: string | null;
  readonly exercise: string | null;
  readonly wide: boolean;
}

/** As read back: every value may be missing or anything. */
type Stored<T> = { readonly [K in keyof T]?: unknown };

export const FONT_SIZE_PX = { min: 10, max: 24, normal: 14 } as const;
export const EXERCISE_PERCENT = { min: 15, max: 75, normal: 44 } as const;

export function readTaste(): PaneTaste {
  const stored: Stored<PaneTaste> = read(localStore(), TASTE_KEY);
  return {
    fontSizePx: numberWithin(stored.fontSizePx, FONT_SIZE_PX),
    screenReader: stored.screenReader === true,
    exercisePercent: numberWithin(stored.exercisePercent, EXERCISE_PERCENT),
    exerciseOpen: stored.exerciseOpen !== false,
  };
}

export function writeTaste(taste: PaneTaste): void {
  write(localStore(), TASTE_KEY, taste);
}

export function readView(lab: string): LabView {
  const stored: Stored<LabView> = read(sessionStore(), `${VIEW_KEY}.${lab}`);
  return {
    tab: textOrNull(stored.tab),
    exercise: textOrNull(stored.exercise),
    wide: stored.wide === true,
  };
}

export function writeView(lab: string, view: LabView): void {
  write(sessionStore(), `${VIEW_KEY}.${lab}`, view);
}

export function numberWithin(value: unknown, range: { min: number; max: number; normal: number }): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return range.normal;
  return Math.min(range.max, Math.max(range.min, value));
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function read(store: Storage | null, key: string): object {
  try {
    const value: unknown = JSON.parse(store?.getItem(key) ?? '{}');
    return value !== null && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}

function write(store: Storage | null, key: string, value: object): void {
  try {
    store?.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the view is then not remembered.
  }
}

function localStore(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

function sessionStore(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}
