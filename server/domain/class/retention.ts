import type { LearnerId } from '#contract/ids.ts';
import type { Log } from '../log.ts';
import type { EnrolmentStore } from './class-stores.ts';

export interface RetentionParts {
  readonly store: Pick<EnrolmentStore, 'inactiveSince'>;
  readonly hasOpenLab: (learnerId: LearnerId) => boolean;
  readonly erase: (learnerId: LearnerId) => Promise<void>;
  /** `null`: nothing is deleted by itself. */
  readonly keepMs: number | null;
  readonly nowMs: () => number;
  readonly log: Log;
}

const LOOK_EVERY_MS = 3_600_000;

/** Deletes what is stored of learners who have not been there for as long as the operator keeps it. */
export class Retention {
  readonly #parts: RetentionParts;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  /** To be called often: looks once an hour. Never throws. */
  async tick(): Promise<void> {
    const { store, hasOpenLab, erase, keepMs, nowMs, log } = this.#parts;
    if (keepMs === null || Math.abs(nowMs() - this.#lookedAtMs) < LOOK_EVERY_MS) return;
    this.#lookedAtMs = nowMs();
    try {
      const gone = store.inactiveSince(nowMs() - keepMs).filter((id) => !hasOpenLab(id));
      for (const id of gone) await erase(id);
      if (gone.length > 0) log.info({ learners: gone.length }, 'kept long enough: data deleted');
    } catch (failure) {
      log.error({ err: failure }, 'old data could not be deleted');
    }
  }
}
