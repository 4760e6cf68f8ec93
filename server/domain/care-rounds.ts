import { type CareRequest, CareRound, type CareRoundView } from './care-round.ts';
import type { CareAction } from './lab-care.ts';
import { LabError } from './lab-error.ts';
import type { LabSessions } from './lab-sessions.ts';
import { Lane } from './lane.ts';

/** What boots nothing costs the engine little. */
const LIGHT_SIDE_BY_SIDE = 4;
/** Rounds of one scope that are not over, beside a new one. */
const OPEN_PER_SCOPE = 5;
/** Rounds that are over and can be read still, of all scopes. */
const KEPT = 50;
/** After a longer absence of the server nobody waits for a round any more. */
const GO_ON_WITHIN_MS = 3_600_000;

export interface CareRoundStore {
  save(round: CareRoundView): void;
  remove(scope: string, id: string): void;
  /** Oldest first. */
  list(): CareRoundView[];
}

export interface CareParts {
  readonly store: CareRoundStore;
  readonly sessions: LabSessions;
  readonly nowMs: () => number;
  /** Labs that are renewed for rounds at a time, all rounds together: those in use need the processors. */
  readonly renewedSideBySide: number;
}

/** Told of a round that is new, and after each change of one. */
export type CareListener = (round: CareRoundView) => void;

/**
 * Actions for many labs at once. They are the server's work: whoever asked may go away. Rounds for the same learner go
 * on in the order in which they were asked for; all of them together take turns at the machine.
 */
export class CareRounds {
  readonly #parts: CareParts;
  /** Oldest first. */
  #rounds: CareRound[] = [];
  /** The ends of those that are not over. */
  readonly #ends = new Map<CareRound, Promise<void>>();
  readonly #listeners = new Map<string, Set<CareListener>>();
  #isStopped = false;
  readonly #renewals: Lane;
  readonly #light = new Lane(LIGHT_SIDE_BY_SIDE);

  constructor(parts: CareParts) {
    this.#parts = parts;
    this.#renewals = new Lane(parts.renewedSideBySide);
  }

  /** @throws {LabError} TOO_MANY_REQUESTS when too many rounds of this scope are not over */
  start(request: CareRequest): CareRoundView {
    const same = this.#find(request.scope, request.id);
    if (same !== undefined) return same.view();
    const open = this.#rounds.filter((one) => one.scope === request.scope && !one.isOver).length;
    if (this.#isStopped || open > OPEN_PER_SCOPE)
      throw new LabError('TOO_MANY_REQUESTS', `${open} rounds of ${request.scope} are not over`);
    const asked = { state: 'waiting', askedAtMs: this.#parts.nowMs(), endedAtMs: null } as const;
    const round = this.#take({ ...request, ...asked });
    this.#changed(round.view());
    this.#begin(round);
    return round.view();
  }

  /** Goes on with what was not over when the server went; to be called once its labs are there again. */
  goOn(): void {
    const sinceMs = this.#parts.nowMs() - GO_ON_WITHIN_MS;
    for (const stored of this.#parts.store.list()) {
      const round = this.#take(stored);
      if (round.isOver) continue;
      if (round.askedAtMs < sinceMs) round.cancel();
      this.#begin(round);
    }
  }

  #take(view: CareRoundView): CareRound {
    const { sessions, nowMs, store } = this.#parts;
    const round = new CareRound(view, { sessions, nowMs, onChange: (changed) => this.#changed(changed) });
    this.#rounds.push(round);
    const surplus = this.#rounds.filter((one) => one.isOver).slice(0, -KEPT);
    for (const { scope, id } of surplus) store.remove(scope, id);
    this.#rounds = this.#rounds.filter((one) => !surplus.includes(one));
    return round;
  }

  #changed(round: CareRoundView): void {
    // One that was forgotten may have something under way still.
    if (this.#find(round.scope, round.id) === undefined) return;
    this.#parts.store.save(round);
    for (const listener of this.#listeners.get(round.scope) ?? []) listener(round);
  }

  #begin(round: CareRound): void {
    const before = [...this.#ends].filter(([one]) => one.scope === round.scope && one.concernsSame(round));
    const own = Promise.all(before.map(([, end]) => end))
      .then(() => round.run(isRenewal(round.action) ? this.#renewals : this.#light))
      .finally(() => this.#ends.delete(round));
    this.#ends.set(round, own);
  }

  /** @throws {LabError} NOT_FOUND also for a round of another scope */
  get(scope: string, id: string): CareRound {
    const round = this.#find(scope, id);
    if (round === undefined) throw new LabError('NOT_FOUND', `no round ${id} in ${scope}`);
    return round;
  }

  /** Newest first. */
  list(scope: string): CareRoundView[] {
    return this.#rounds
      .filter((one) => one.scope === scope)
      .map((one) => one.view())
      .reverse();
  }

  /** Until the returned function is called. */
  watch(scope: string, listener: CareListener): () => void {
    const listeners = this.#listeners.get(scope) ?? new Set();
    this.#listeners.set(scope, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(scope);
    };
  }

  /** Nothing is left of a scope that is no more; what has begun ends as it would. */
  forget(scope: string): void {
    const gone = this.#rounds.filter((one) => one.scope === scope);
    this.#rounds = this.#rounds.filter((one) => one.scope !== scope);
    for (const round of gone) {
      round.cancel();
      this.#parts.store.remove(scope, round.id);
    }
  }

  /** Begins nothing more and waits for what is under way; the next start goes on. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const round of this.#rounds) round.halt();
    await Promise.all(this.#ends.values());
  }

  #find(scope: string, id: string): CareRound | undefined {
    return this.#rounds.find((one) => one.scope === scope && one.id === id);
  }
}

function isRenewal({ type }: CareAction): boolean {
  return type === 'reset' || type === 'prepare';
}
