import { type Rollout, rolloutsIn, sliceOf } from '#contract/rollouts.ts';
import type { HistoryEntry, HistoryFact } from '#contract/swarm-history.ts';

/** A rollout is over some seconds before its last old task is gone, which belongs to the picture. */
const AFTERMATH_MS = 4_000;

const MILESTONES: ReadonlySet<HistoryFact['type']> = new Set([
  'update-state',
  'spec-changed',
  'service-removed',
]);

export interface RolloutArchiveOptions {
  readonly history: () => readonly HistoryEntry[];
  readonly keep: (rollout: EndedRollout, exercise: string, entries: readonly HistoryEntry[]) => void;
}

export type EndedRollout = Rollout & { readonly endedAtMs: number };

/** Sees to it that each rollout that is over is kept once. Those of a replay before the exercise are not the learner's. */
export class RolloutArchive implements Disposable {
  readonly #options: RolloutArchiveOptions;
  readonly #seen = new Set<number>();
  readonly #waiting = new Map<NodeJS.Timeout, () => void>();
  #exercise: { readonly id: string; readonly startSeq: number } | null = null;

  constructor(options: RolloutArchiveOptions) {
    this.#options = options;
  }

  /** From here on rollouts belong to this exercise. */
  enter(id: string, startSeq: number): void {
    this.#exercise = { id, startSeq };
    this.#look();
  }

  /** Call after these were appended. */
  hear(added: readonly HistoryEntry[]): void {
    if (added.some(({ type }) => MILESTONES.has(type))) this.#look();
  }

  [Symbol.dispose](): void {
    for (const [timer, keep] of this.#waiting) {
      clearTimeout(timer);
      keep();
    }
    this.#waiting.clear();
  }

  #look(): void {
    const exercise = this.#exercise;
    if (exercise === null) return;
    for (const rollout of rolloutsIn(this.#options.history())) {
      if (!isOver(rollout) || rollout.seq <= exercise.startSeq || this.#seen.has(rollout.seq)) continue;
      this.#seen.add(rollout.seq);
      const untilMs = rollout.endedAtMs + AFTERMATH_MS;
      const keep = (): void =>
        this.#options.keep(rollout, exercise.id, sliceOf(this.#options.history(), rollout, untilMs));
      const timer = setTimeout(() => {
        this.#waiting.delete(timer);
        keep();
      }, AFTERMATH_MS).unref();
      this.#waiting.set(timer, keep);
    }
  }
}

function isOver(rollout: Rollout): rollout is EndedRollout {
  return rollout.endedAtMs !== null;
}
