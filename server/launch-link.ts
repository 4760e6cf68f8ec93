import type { LoginStore } from './domain/stores.ts';
import { randomToken } from './random-id.ts';

/**
 * The link that a start prints is opened when its user gets round to it. It is good for one sign-in, the next start
 * voids it, and only the terminal that started the server has shown it: time adds little.
 */
const FIRST_LINK_LIFETIME_MS = 12 * 3_600_000;
/** A link that somebody asked for is opened at once. */
const FURTHER_LINK_LIFETIME_MS = 5 * 60_000;

/** The sign-in link of a server that has just started. Unused ones of earlier starts are void. */
export function firstLaunchLink(logins: LoginStore, origin: string, nowMs: number): string {
  logins.forgetLaunchTokens();
  return newLink(logins, origin, nowMs, FIRST_LINK_LIFETIME_MS);
}

export function furtherLaunchLink(logins: LoginStore, origin: string, nowMs: number): string {
  return newLink(logins, origin, nowMs, FURTHER_LINK_LIFETIME_MS);
}

/** The token stands behind `#`, so that it never reaches a log or a proxy. */
function newLink(logins: LoginStore, origin: string, nowMs: number, lifetimeMs: number): string {
  const token = randomToken();
  logins.addLaunchToken(token, logins.soleLearner(nowMs).id, nowMs + lifetimeMs);
  return `${origin}/#t=${token}`;
}
