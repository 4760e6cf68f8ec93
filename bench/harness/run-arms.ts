import { interleave } from './interleave.ts';
import type { Progress } from './progress.ts';

/** One side of a comparison: measures once and says in a few words what it saw. */
export interface Arm {
  readonly measure: () => Promise<string>;
  readonly onFailure: (reason: string) => void;
}

/** In every round each arm once, in random order; a run that fails is told and the others go on. */
export async function runArms<Name extends string>(
  arms: Readonly<Record<Name, Arm>>,
  { rounds, progress, signal }: { rounds: number; progress: Progress; signal: AbortSignal },
): Promise<void> {
  for (const { round, arm } of interleave(rounds, Object.keys(arms) as Name[])) {
    try {
      progress(`run ${round} of ${rounds}, ${arm}: ${await arms[arm].measure()}`);
    } catch (failure) {
      signal.throwIfAborted();
      const reason = failure instanceof Error ? failure.message : String(failure);
      progress(`run ${round} of ${rounds}, ${arm}: ${reason}`);
      arms[arm].onFailure(reason);
    }
  }
}
