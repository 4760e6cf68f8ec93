import { randomBytes } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Unguessable id of lower-case letters and digits: 5.17 bits per character. */
export function randomId(length: number): string {
  let id = '';
  while (id.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // 252 = 7 × 36: larger bytes would favour the first letters.
      if (byte < 252 && id.length < length) id += LETTERS[byte % 36];
    }
  }
  return id;
}

/** 256 bits for links and cookies. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}
