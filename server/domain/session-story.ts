import type { KeptRollout } from '#contract/api.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { Application } from '../ports.ts';
import type { LabWatch } from './grading/lab-watch.ts';
import { HistoryNews } from './history/history-news.ts';
import { type EndedRollout, RolloutArchive } from './history/rollout-archive.ts';
import type { Log } from './log.ts';
import { RequestProbe } from './probe/request-probe.ts';
import type { GradedSession } from './session-grading.ts';
import type { RolloutStore } from './stores.ts';

export interface StoryParts {
  readonly rollouts: RolloutStore;
  readonly application: Application;
  readonly log: Log;
}

/** What the history of one generation is used for besides grading: told live, asked visitors about, kept by rollout. */
export class SessionStory implements Disposable {
  readonly #parts: StoryParts;
  readonly #session: GradedSession;
  readonly #news: HistoryNews;
  readonly #archive: RolloutArchive;
  readonly #probe: RequestProbe | null;
  readonly #looking: Disposable;

  constructor(parts: StoryParts, session: GradedSession, watch: LabWatch) {
    this.#parts = parts;
    this.#session = session;
    this.#news = new HistoryNews(session.onHistory);
    this.#archive = new RolloutArchive({
      history: () => watch.history,
      keep: (rollout, exercise, entries) => this.#keep(rollout, exercise, entries),
    });
    const { probe, nodes, isWatched } = session;
    this.#probe =
      probe === null
        ? null
        : new RequestProbe({
            probe,
            nodes,
            application: parts.application,
            isWatched,
            record: (fact) => watch.note(fact),
          });
    this.#looking = watch.onLook((snapshot) => this.#probe?.see(snapshot));
  }

  hear(added: readonly HistoryEntry[]): void {
    this.#news.push(added);
    this.#archive.hear(added);
    this.#probe?.hear(added);
  }

  enter(exercise: string, startSeq: number): void {
    this.#archive.enter(exercise, startSeq);
  }

  suspend(): void {
    this.#probe?.suspend();
  }

  resume(): void {
    this.#probe?.resume();
  }

  [Symbol.dispose](): void {
    this.#looking[Symbol.dispose]();
    this.#probe?.[Symbol.dispose]();
    this.#archive[Symbol.dispose]();
    this.#news[Symbol.dispose]();
  }

  #keep(rollout: EndedRollout, exercise: string, entries: readonly HistoryEntry[]): void {
    const { learnerId, labId: lab, labSessionId: labSession, generation } = this.#session;
    const kept: Omit<KeptRollout, 'id'> = { ...rollout, lab, exercise, labSession, generation };
    try {
      this.#parts.rollouts.keep(learnerId, kept, entries);
    } catch (failure) {
      this.#parts.log.error({ err: failure, labSessionId: labSession }, 'rollout could not be kept');
    }
  }
}
