/**
 * A learner's try at one exercise, in one generation of a lab: what tells work that goes forward from work that
 * doesn't. Pure.
 */
export interface Trial {
  readonly exercise: string;
  readonly generation: number;
  /** First sign of work; `null` while there was none. */
  readonly beganAtMs: number | null;
  /** Most checks that were met at a time. */
  readonly best: number;
  /** When that last grew, else when the trial began. */
  readonly forwardAtMs: number;
  /** Time of work since then, without the time since the last sign of it. */
  readonly workedMs: number;
  /** Last sign of work. */
  readonly workedAtMs: number | null;
  /** Gradings asked for since the last step forward in which something was plainly wrong. */
  readonly misses: number;
}

/** When somebody counts as stuck: what comes first. */
export interface StuckRule {
  /** So long at work without a step forward. */
  readonly afterMs: number;
  /** So many gradings in vain. */
  readonly misses: number;
  /** A longer silence between two signs of work is a break: it counts as no more than this. */
  readonly breakMs: number;
}

export function stuckRule(afterMs: number): StuckRule {
  return { afterMs, misses: 3, breakMs: 120_000 };
}

export function newTrial(exercise: string, generation: number, nowMs: number): Trial {
  return {
    exercise,
    generation,
    beganAtMs: null,
    best: 0,
    forwardAtMs: nowMs,
    workedMs: 0,
    workedAtMs: null,
    misses: 0,
  };
}

/** The learner did something. */
export function worked(trial: Trial, rule: StuckRule, nowMs: number): Trial {
  if (trial.beganAtMs === null) return { ...trial, beganAtMs: nowMs, forwardAtMs: nowMs, workedAtMs: nowMs };
  return { ...trial, workedMs: workTime(trial, rule, nowMs), workedAtMs: nowMs };
}

/** So many checks are met now. What is met before anything was done is where the exercise begins. */
export function judged(trial: Trial, met: number, nowMs: number): Trial {
  if (met <= trial.best) return trial;
  if (trial.beganAtMs === null) return { ...trial, best: met };
  return { ...trial, best: met, forwardAtMs: nowMs, workedMs: 0, workedAtMs: nowMs, misses: 0 };
}

/** A grading that was asked for found something wrong. */
export function missed(trial: Trial, rule: StuckRule, nowMs: number): Trial {
  return { ...worked(trial, rule, nowMs), misses: trial.misses + 1 };
}

/** @returns when the last step forward was, of somebody who is stuck; else `null` */
export function stuckSince(trial: Trial, rule: StuckRule, nowMs: number): number | null {
  if (trial.beganAtMs === null) return null;
  const isStuck = trial.misses >= rule.misses || workTime(trial, rule, nowMs) >= rule.afterMs;
  return isStuck ? trial.forwardAtMs : null;
}

function workTime({ workedMs, workedAtMs }: Trial, { breakMs }: StuckRule, nowMs: number): number {
  // A clock that was set back takes nothing away.
  const sinceMs = workedAtMs === null ? 0 : Math.max(nowMs - workedAtMs, 0);
  return workedMs + Math.min(sinceMs, breakMs);
}
