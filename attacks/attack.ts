import type { Ground } from './ground/ground.ts';

/** Where the attacker stands. */
export type Stand =
  | 'learner'
  | 'lab root'
  | 'container'
  | 'container with all capabilities'
  | 'every place in a lab'
  | 'browser'
  | 'network'
  | 'outside, looking in';

export interface Outcome {
  readonly holds: boolean;
  /** One line for the table: what was seen, without figures that differ from run to run where that is possible. */
  readonly observed: string;
}

/** One attempt on the real thing. */
export interface Attack {
  /** `group/name`, unique. */
  readonly id: string;
  readonly tried: string;
  readonly from: Stand;
  /** What must happen for the wall to hold. */
  readonly must: string;
  readonly run: (ground: Ground, signal: AbortSignal) => Promise<Outcome>;
  /** Longest time for one attempt; two minutes unless told. */
  readonly deadlineMs?: number;
}

export function held(observed: string): Outcome {
  return { holds: true, observed };
}

export function broken(observed: string): Outcome {
  return { holds: false, observed };
}

/** The wall holds when nothing was found. */
export function nothingFound(found: readonly string[], whenNone: string): Outcome {
  return found.length === 0 ? held(whenNone) : broken(found.slice(0, 12).join('; '));
}
