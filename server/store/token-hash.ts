import { createHash } from 'node:crypto';

/** For secrets that nobody can guess: reading the database signs nobody in. Passphrases need `passphrase.ts`. */
export function tokenHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
