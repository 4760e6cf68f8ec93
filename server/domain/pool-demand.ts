import type { LearnerId } from '#contract/ids.ts';

/** A class that comes in one after the other is still coming. */
const WINDOW_MS = 2 * 60_000;
/** More would boot beside labs that are in use already. */
const MOST = 4;

/**
 * How many labs are kept warm: the usual number, and more while different learners ask for labs one after the other.
 * One who resets again and again needs no more than one.
 */
export class PoolDemand {
  readonly #usual: number;
  readonly #nowMs: () => number;
  /** When each learner asked last, by lab. */
  readonly #asked = new Map<string, Map<LearnerId, number>>();

  /** @param usual 0: none are kept, whoever asks */
  constructor(usual: number, nowMs: () => number) {
    this.#usual = usual;
    this.#nowMs = nowMs;
  }

  asked(labId: string, learnerId: LearnerId): void {
    const learners = this.#asked.get(labId) ?? new Map<LearnerId, number>();
    this.#asked.set(labId, learners.set(learnerId, this.#nowMs()));
  }

  targetOf(labId: string): number {
    if (this.#usual === 0) return 0;
    this.#forget(labId);
    const learners = this.#asked.get(labId)?.size ?? 0;
    return Math.max(this.#usual, Math.min(learners, MOST));
  }

  /** Labs for which fewer are wanted than when this was asked last. */
  quieted(): string[] {
    return [...this.#asked.keys()].filter((labId) => this.#forget(labId));
  }

  #forget(labId: string): boolean {
    const learners = this.#asked.get(labId);
    if (learners === undefined) return false;
    const before = learners.size;
    for (const [learner, atMs] of learners) if (this.#nowMs() - atMs > WINDOW_MS) learners.delete(learner);
    if (learners.size === 0) this.#asked.delete(labId);
    return learners.size < before;
  }
}
