/**
 * What the text and the lab pane say to each other, as CustomEvents on `window`. Either side works without the
 * other: an unanswered request (not `defaultPrevented`) means that no pane is listening.
 */
export const RUN_EVENT = 'rollout-lab:run';
export const EXERCISE_EVENT = 'rollout-lab:exercise';
export const PROGRESS_EVENT = 'rollout-lab:progress';

export interface RunDetail {
  readonly text: string;
}
export interface ExerciseDetail {
  readonly id: string;
}
export type ExerciseStatus = 'todo' | 'active' | 'passed';
export interface ProgressDetail {
  readonly exercises: Readonly<Record<string, ExerciseStatus>>;
}

/** Asks the pane to do something; false when nobody answered. */
export function askPane(name: typeof RUN_EVENT, detail: RunDetail): boolean;
export function askPane(name: typeof EXERCISE_EVENT, detail: ExerciseDetail): boolean;
export function askPane(name: string, detail: RunDetail | ExerciseDetail): boolean {
  return !window.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable: true }));
}
