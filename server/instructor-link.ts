import type { InstructorStore } from './domain/class/class-stores.ts';
import type { Instructor, LoginStore } from './domain/stores.ts';
import { randomToken } from './random-id.ts';

/** Only the terminal that started the server has shown it, and the next start voids it. */
const SETUP_LIFETIME_MS = 24 * 3_600_000;
/** A link that the operator asked for is handed over soon. */
const RESET_LIFETIME_MS = 30 * 60_000;

/** What a start in class mode prints: where the first instructor is set up or, once there is one, where they sign in. */
export function classAddress(
  store: InstructorStore,
  logins: LoginStore,
  origin: string,
  nowMs: number,
): string {
  // Those of alone mode sign nobody in here.
  logins.forgetLaunchTokens();
  store.forgetLinks('setup');
  return store.count() > 0 ? `${origin}/class` : setupLink(store, origin, nowMs);
}

export function setupLink(store: InstructorStore, origin: string, nowMs: number): string {
  return newLink(store, origin, {
    purpose: 'setup',
    instructorId: null,
    expiresAtMs: nowMs + SETUP_LIFETIME_MS,
  });
}

/** With it an instructor sets a new passphrase. */
export function resetLink(
  store: InstructorStore,
  origin: string,
  instructor: Instructor,
  nowMs: number,
): string {
  const expiresAtMs = nowMs + RESET_LIFETIME_MS;
  return newLink(store, origin, { purpose: 'reset', instructorId: instructor.id, expiresAtMs });
}

/** The token stands behind `#`, so that it never reaches a log or a proxy. */
function newLink(
  store: InstructorStore,
  origin: string,
  link: Pick<Parameters<InstructorStore['addLink']>[1], 'purpose' | 'instructorId' | 'expiresAtMs'>,
): string {
  const token = randomToken();
  store.addLink(token, { ...link, cohortId: null, invitedBy: null });
  return `${origin}/class#k=${token}`;
}
