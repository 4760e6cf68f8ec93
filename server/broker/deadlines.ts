import type { Verb } from './messages.ts';

/** Longest time of a call, whatever its sender says. The domain's own deadlines are shorter. */
const LONG_MS: Partial<Record<Verb, number>> = {
  create: 180_000,
  restart: 180_000,
  switchNode: 180_000,
  removeExpired: 180_000,
  runScript: 600_000,
};
const USUAL_MS = 60_000;

export function deadlineMsOf(verb: Verb): number {
  return LONG_MS[verb] ?? USUAL_MS;
}

/** What a cancelled call may take to undo what it has begun. */
export function cleanUpMsOf(verb: Verb): number {
  return verb === 'create' || verb === 'pause' ? 40_000 : 3_000;
}
