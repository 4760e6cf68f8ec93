import type { LoginStore } from './domain/stores.ts';
import { randomToken } from './random-id.ts';

const LINK_LIFETIME_MS = 12 * 3_600_000;

/** A link that signs its first user in. The token stands behind `#`, so that it never reaches a log or a proxy. */
export function newLaunchLink(logins: LoginStore, origin: string, nowMs: number): string {
  const token = randomToken();
  logins.addLaunchToken(token, logins.soleLearner(nowMs).id, nowMs + LINK_LIFETIME_MS);
  return `${origin}/#t=${token}`;
}
