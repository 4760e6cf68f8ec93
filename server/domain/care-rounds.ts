import { type CareRequest, CareRound, type CareRoundView } from './care-round.ts';
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

export interface CareParts {
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
    const round = new CareRound(
      { ...request, by: { ...request.by, reason } },
      this.#parts.sessions,
      this.#parts.nowMs,
    );
    this.#keep(round);
    const before = this.#lastOf.get(request.scope) ?? Promise.resolve();
    const own = before
      .then(() => round.run(isRenewal(request.action) ? this.#renewals : this.#light))
      .finally(() => {
        if (this.#lastOf.get(request.scope) === own) this.#lastOf.delete(request.scope);
      });
    this.#lastOf.set(request.scope, own);
    return round.view();
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

  /** Begins nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const round of this.#rounds) round.cancel();
    await Promise.all(this.#lastOf.values());
  }

  #find(scope: string, id: string): CareRound | undefined {
    return this.#rounds.find((one) => one.scope === scope && one.id === id);
  }

  #keep(round: CareRound): void {
    this.#rounds.push(round);
    const surplus = this.#rounds.filter((one) => one.isOver).slice(0, -KEPT);
    this.#rounds = this.#rounds.filter((one) => !surplus.includes(one));
  }
}

function isRenewal({ type }: CareAction): boolean {
  return type === 'reset' || type === 'prepare';
}
