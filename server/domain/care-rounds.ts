import { type CareRequest, CareRound, type CareRoundView, newRound } from './care-round.ts';
import type { CareAction } from './lab-care.ts';
import { LabError } from './lab-error.ts';
import type { LabSessions } from './lab-sessions.ts';
import { Lane } from './lane.ts';

/** What boots nothing costs the engine little. */
const LIGHT_SIDE_BY_SIDE = 4;
/** Rounds of one scope that wait for the one under way. */
const WAITING_PER_SCOPE = 5;
/** Rounds that are over and can be read still, of all scopes. */
const KEPT = 50;
const REASON_CHARS = 300;

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

/**
 * Actions for many labs at once. They are the server's work: whoever asked may go away. In one scope one round goes on
 * at a time, in the order in which they were asked for; all of them together take turns at the machine.
 */
export class CareRounds {
  readonly #parts: CareParts;
  /** Oldest first. */
  #rounds: CareRound[] = [];
  /** The newest of each scope that is not over. */
  readonly #lastOf = new Map<string, Promise<void>>();
  #isStopped = false;
  readonly #renewals: Lane;
  readonly #light = new Lane(LIGHT_SIDE_BY_SIDE);

  constructor(parts: CareParts) {
    this.#parts = parts;
    this.#renewals = new Lane(parts.renewedSideBySide);
  }

  /** @throws {LabError} TOO_MANY_REQUESTS when too many rounds of this scope wait */
  start(request: CareRequest): CareRoundView {
    const same = this.#find(request.scope, request.id);
    if (same !== undefined) return same.view();
    const open = this.#rounds.filter((one) => one.scope === request.scope && !one.isOver).length;
    if (this.#isStopped || open > WAITING_PER_SCOPE)
      throw new LabError('TOO_MANY_REQUESTS', `${open} rounds of ${request.scope} are not over`);
    const reason = request.by.reason?.trim().slice(0, REASON_CHARS) || null;
    const asked = { ...request, by: { ...request.by, reason } };
    const round = this.#take(newRound(asked, this.#parts.nowMs()));
    this.#parts.store.save(round.view());
    this.#begin(round);
    return round.view();
  }

  /** Goes on with what was not over when the server went; to be called once its labs are there again. */
  goOn(): void {
    for (const stored of this.#parts.store.list()) {
      const round = this.#take(stored);
      if (!round.isOver) this.#begin(round);
    }
  }

  #take(view: CareRoundView): CareRound {
    const { sessions, nowMs, store } = this.#parts;
    const round = new CareRound(view, { sessions, nowMs, onChange: (changed) => store.save(changed) });
    this.#rounds.push(round);
    const surplus = this.#rounds.filter((one) => one.isOver).slice(0, -KEPT);
    for (const { scope, id } of surplus) store.remove(scope, id);
    this.#rounds = this.#rounds.filter((one) => !surplus.includes(one));
    return round;
  }

  #begin(round: CareRound): void {
    const before = this.#lastOf.get(round.scope) ?? Promise.resolve();
    const own = before
      .then(() => round.run(isRenewal(round.action) ? this.#renewals : this.#light))
      .finally(() => {
        if (this.#lastOf.get(round.scope) === own) this.#lastOf.delete(round.scope);
      });
    this.#lastOf.set(round.scope, own);
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

  /** Begins nothing more and waits for what is under way; the next start goes on. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const round of this.#rounds) round.halt();
    await Promise.all(this.#lastOf.values());
  }

  #find(scope: string, id: string): CareRound | undefined {
    return this.#rounds.find((one) => one.scope === scope && one.id === id);
  }
}

function isRenewal({ type }: CareAction): boolean {
  return type === 'reset' || type === 'prepare';
}
