import { LabError } from './lab-error.ts';
import type { LabParts } from './lab-parts.ts';
import type { LabRegistry } from './lab-registry.ts';
import type { LabRoom } from './lab-room.ts';
import type { LabSession } from './lab-session.ts';
import {
  isNews,
  mayPass,
  type QueueEntry,
  type QueueRequest,
  type Served,
  type Turn,
} from './queue-entry.ts';
import { WaitEstimate } from './wait-estimate.ts';

/** The server stops: whoever waits is taken up again by its next start. */
export class QueueStopped extends Error {}

/**
 * Who gets room on the machine next. First come, first served, with two exceptions: a lab that is being reset has its
 * place already, and smaller labs may pass a larger one a few times while it does not fit. Only so many labs are
 * created side by side: those in use need the processors.
 */
export class LabQueue {
  readonly estimate: WaitEstimate;
  readonly #parts: LabParts;
  readonly #registry: LabRegistry;
  readonly #room: LabRoom;
  #entries: QueueEntry[] = [];
  /** Environments on their way out. */
  #freeing = 0;
  /** Being created: what they take does not show in the machine's free memory yet. */
  readonly #starting = new Set<LabSession>();
  #isServing = false;
  #isServedAgain = false;

  constructor(parts: LabParts, registry: LabRegistry, room: LabRoom) {
    this.#parts = parts;
    this.#registry = registry;
    this.#room = room;
    this.estimate = new WaitEstimate(parts, registry);
  }

  /** Labs that wait and hold no place. */
  get waiting(): readonly LabSession[] {
    return this.#entries.filter(({ ownPlace }) => !ownPlace).map(({ session }) => session);
  }

  /** Whether room is about to come free. */
  get isFreeing(): boolean {
    return this.#freeing > 0;
  }

  get starting(): number {
    return this.#starting.size;
  }

  /**
   * Resolves when there is room and it is this session's turn.
   * @throws what the signal was aborted with; {QueueStopped}; {LabError} LAB_CAPACITY_REACHED or LAB_DISK_LOW where
   *   no lab is open whose end could make room
   */
  enter(request: QueueRequest, signal: AbortSignal): Promise<Turn> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#take(entry);
        reject(signal.reason);
        this.serve();
      };
      const entry: QueueEntry = {
        ...request,
        ownPlace: request.leaving !== null,
        isLeavingGone: request.leaving === null,
        passedBy: 0,
        lacks: null,
        told: null,
        grant: (turn) => {
          signal.removeEventListener('abort', leave);
          resolve(turn);
        },
        refuse: (reason) => {
          signal.removeEventListener('abort', leave);
          reject(reason);
        },
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      this.#add(entry);
      request.leaving?.finally(() => {
        entry.isLeavingGone = true;
        this.serve();
      });
      this.serve();
    });
  }

  /** Something may have come free. */
  serve(): void {
    this.#isServedAgain = true;
    if (this.#isServing) return;
    this.#isServing = true;
    void this.#serveAll();
  }

  /** While this goes on, room is about to come free. */
  async freeing(removal: () => Promise<void>): Promise<void> {
    this.#freeing++;
    try {
      await removal();
    } finally {
      this.#freeing--;
      this.serve();
    }
  }

  /** Nobody waits any longer; what is stored brings them back. */
  stop(): void {
    for (const entry of this.#entries.splice(0)) entry.refuse(new QueueStopped('the server stops'));
  }

  /** Those that have a place come first, among themselves in their order. */
  #add(entry: QueueEntry): void {
    const isAfter = (one: QueueEntry): boolean => entry.ownPlace && !one.ownPlace;
    const at = this.#entries.findIndex(isAfter);
    this.#entries.splice(at < 0 ? this.#entries.length : at, 0, entry);
  }

  #take(entry: QueueEntry): void {
    this.#entries = this.#entries.filter((one) => one !== entry);
  }

  async #serveAll(): Promise<void> {
    while (this.#isServedAgain) {
      this.#isServedAgain = false;
      try {
        await this.#pass();
      } catch (failure) {
        // The next turn of the upkeep tries again: an engine that is away comes back, or the lab's page goes.
        this.#parts.log.warn({ err: failure, waiting: this.#entries.length }, 'queue could not be served');
      }
      this.#tell();
    }
    this.#isServing = false;
  }

  async #pass(): Promise<void> {
    const blocked: QueueEntry[] = [];
    // What comes free while we look is for the next pass, which begins in front again.
    let mayCreate = true;
    for (const entry of [...this.#entries]) {
      if (!this.#entries.includes(entry)) continue;
      if (blocked.some((one) => !mayPass(entry, one))) {
        entry.lacks = blocked.at(-1)?.lacks ?? 'turn';
        continue;
      }
      mayCreate &&= this.#starting.size < this.#parts.parallelStarts;
      const turn = await this.#serveOne(entry, mayCreate);
      if (turn === null) {
        // A lab with a place of its own waits for its own environment to go, and holds up nobody.
        if (entry.lacks !== 'turn' && !entry.ownPlace) blocked.push(entry);
        continue;
      }
      for (const one of blocked) one.passedBy++;
      // It may have left while room was made for it.
      if (this.#entries.includes(entry)) this.#hand(entry, turn);
    }
  }

  #hand(entry: QueueEntry, turn: Served): void {
    const { session } = entry;
    const warm = turn.isWarm ? this.#parts.pool.claim(session.definition) : null;
    if (turn.isWarm && warm === null) {
      this.serve();
      return;
    }
    this.#take(entry);
    const beganAtMs = performance.now();
    if (warm === null) this.#starting.add(session);
    entry.grant({
      warm,
      notices: turn.notices,
      started: (succeeded) => {
        if (!this.#starting.delete(session)) return;
        if (succeeded) this.estimate.started(session.definition.nodes.length, performance.now() - beganAtMs);
        this.serve();
      },
    });
  }

  /** `null`: not now, `lacks` says why. */
  async #serveOne(entry: QueueEntry, mayCreate: boolean): Promise<Served | null> {
    const { session } = entry;
    const { learnerId, definition } = session;
    const request = { learnerId, definition, session, others: this.#others(session) };
    if (this.#parts.pool.has(definition) && (entry.ownPlace || this.#room.hasPlace(request)))
      return { isWarm: true, notices: [] };
    if (!mayCreate) {
      entry.lacks = 'turn';
      return null;
    }
    try {
      const { refusal, lacks, notices } = await this.#room.make(request);
      if (refusal === null) return { isWarm: false, notices };
      entry.lacks = lacks ?? 'memory';
      // Where something came free while we looked, we look again.
      const isFinal = this.#freeing === 0 && !this.#isServedAgain;
      if (isFinal && request.others().open === 0) throw refusal;
    } catch (failure) {
      // Who waits already keeps its place while the engine is away for a moment.
      if (!(failure instanceof LabError) || (entry.told !== null && failure.code === 'ENGINE_UNREACHABLE'))
        throw failure;
      this.#take(entry);
      entry.refuse(failure);
    }
    return null;
  }

  /** What the others take, as it is when asked: labs with a place, and nodes whose memory does not show yet. */
  #others(session: LabSession): () => { open: number; unseenNodes: number } {
    return () => {
      const places = this.#placed().filter((one) => one !== session);
      const unseen = places.filter((one) => this.#starting.has(one) || this.#isResetWaiting(one));
      return {
        open: places.length,
        unseenNodes: unseen.reduce((sum, { definition }) => sum + definition.nodes.length, 0),
      };
    };
  }

  /** Sessions that have a place on the machine, or are about to get one. */
  #placed(): LabSession[] {
    const waiting = new Set(this.waiting);
    return this.#registry
      .all()
      .filter((one) => !waiting.has(one) && (one.environment !== null || one.isBusy));
  }

  #isResetWaiting(session: LabSession): boolean {
    return this.#entries.some((entry) => entry.ownPlace && entry.session === session);
  }

  #tell(): void {
    const open = this.#placed().length;
    for (const [index, entry] of this.#entries.entries()) {
      const { session, lacks, told } = entry;
      // Its own environment is about to make room: no wait worth a word.
      if (lacks === null || (entry.ownPlace && !entry.isLeavingGone)) continue;
      const position = index + 1;
      const place = {
        position,
        waiting: this.#entries.length,
        lacks,
        open,
        expectedWaitMs: this.estimate.of(session, position, lacks),
        idleCloseMs: this.#parts.idle.closeMs,
      };
      if (told !== null && !isNews(told, place)) continue;
      entry.told = place;
      entry.onPlace(place);
    }
  }
}
