import type { Attack, Outcome } from './attack.ts';
import type { Ground } from './ground/ground.ts';
import { patiently } from './ground/patience.ts';

const DEADLINE_MS = 120_000;

export interface AttackResult {
  readonly attack: Attack;
  readonly outcome: Outcome;
  readonly durationMs: number;
}

/** One after the other: limits and networks are measured, and attacks must not look like each other's. */
export async function runAttacks(
  attacks: readonly Attack[],
  ground: Ground,
  signal: AbortSignal,
  onResult: (result: AttackResult) => void,
): Promise<AttackResult[]> {
  const results: AttackResult[] = [];
  for (const attack of attacks) {
    signal.throwIfAborted();
    const startedAtMs = Date.now();
    const outcome = await attempt(attack, ground, signal);
    const result = { attack, outcome, durationMs: Date.now() - startedAtMs };
    results.push(result);
    onResult(result);
  }
  return results;
}

/** An attempt that could not be made proves nothing: it counts as failed. */
async function attempt(attack: Attack, ground: Ground, signal: AbortSignal): Promise<Outcome> {
  const deadlineMs = patiently(attack.deadlineMs ?? DEADLINE_MS);
  const until = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(new Error(signal.aborted ? 'stopped' : `not within ${deadlineMs} ms`));
    until.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([attack.run(ground, until), aborted]);
  } catch (failure) {
    const words = failure instanceof Error ? failure.message : String(failure);
    return { holds: false, observed: `could not be tried: ${words.replace(/\s+/g, ' ').slice(0, 500)}` };
  } finally {
    until.removeEventListener('abort', onAbort);
  }
}
