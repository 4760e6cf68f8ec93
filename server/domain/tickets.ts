import type { ShowId, WatchId } from '#contract/class-watch.ts';
import type { LearnerId, TerminalId } from '#contract/ids.ts';

const TICKET_LIFETIME_MS = 30_000;
/** A page that asks for tickets in a loop pushes out its own old ones. */
const TICKETS_KEPT = 1000;

interface Ticket {
  /** Whose the lab is. */
  readonly learnerId: LearnerId;
  /** The login session that asked: its end ends the terminal's connection too. */
  readonly loginId: string;
  readonly labSessionId: string;
  readonly terminalId: TerminalId;
  /** By which watching or showing somebody else gets in; `null` for the lab's own learner. */
  readonly guestOf: WatchId | ShowId | null;
  readonly expiresAtMs: number;
}

/** Single-use tickets that open one terminal connection each, so that no long-lived secret is needed for it. */
export class Tickets {
  readonly #tickets = new Map<string, Ticket>();
  readonly #newToken: () => string;

  constructor(newToken: () => string) {
    this.#newToken = newToken;
  }

  issue(holder: Omit<Ticket, 'expiresAtMs'>, nowMs: number): string {
    for (const [token, ticket] of this.#tickets) {
      if (ticket.expiresAtMs > nowMs && this.#tickets.size < TICKETS_KEPT) break;
      this.#tickets.delete(token);
    }
    const token = this.#newToken();
    this.#tickets.set(token, { ...holder, expiresAtMs: nowMs + TICKET_LIFETIME_MS });
    return token;
  }

  /** Spends the ticket whether or not it fits: a guess costs the guesser the real one. */
  redeem(token: string, terminalId: string, nowMs: number): Omit<Ticket, 'expiresAtMs'> | null {
    const ticket = this.#tickets.get(token);
    this.#tickets.delete(token);
    if (ticket === undefined || ticket.expiresAtMs < nowMs || ticket.terminalId !== terminalId) return null;
    return ticket;
  }
}
