import { type SideView, sideViewOr } from './side-views.ts';

/**
 * What the pane remembers between pages: taste for good; for this browser tab what was in view in each lesson, and
 * in each lab, which several lessons may share. Everything is
 * a convenience: storage that is full, blocked or holds nonsense counts as empty.
 */
const TASTE_KEY = 'rollout-lab.pane';
const VIEW_KEY = 'rollout-lab.view';
const TAB_KEY = 'rollout-lab.tab';
const BEGUN_KEY = 'rollout-lab.begun';
const KEPT_BEGUN = 40;

export interface PaneTaste {
  readonly fontSizePx: number;
  readonly screenReader: boolean;
  /** Height of the exercise part in percent of the pane. */
  readonly exercisePercent: number;
  readonly exerciseOpen: boolean;
}

export interface LessonView {
  readonly exercise: string | null;
  readonly sideView: SideView;
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

export function readView(lesson: string): LessonView {
  const stored: Stored<LessonView> = read(sessionStore(), `${VIEW_KEY}.${lesson}`);
  return {
    exercise: textOrNull(stored.exercise),
    sideView: sideViewOr(stored.sideView),
    wide: stored.wide === true,
  };
}

export function writeView(lesson: string, view: LessonView): void {
  write(sessionStore(), `${VIEW_KEY}.${lesson}`, view);
}

/** The terminal that was in front in this lab. */
export function readTab(lab: string): string | null {
  const stored: { readonly tab?: unknown } = read(sessionStore(), `${TAB_KEY}.${lab}`);
  return textOrNull(stored.tab);
}

export function writeTab(lab: string, tab: string | null): void {
  write(sessionStore(), `${TAB_KEY}.${lab}`, { tab });
}

/** Exercises that were begun, each in one generation of one lab: their start is no longer to be compared. */
export function readBegun(): readonly string[] {
  const stored: { readonly begun?: unknown } = read(localStore(), BEGUN_KEY);
  return Array.isArray(stored.begun) ? stored.begun.filter((entry) => typeof entry === 'string') : [];
}

export function writeBegun(entry: string): void {
  const others = readBegun().filter((known) => known !== entry);
  write(localStore(), BEGUN_KEY, { begun: [...others, entry].slice(-KEPT_BEGUN) });
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
