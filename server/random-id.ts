import { randomBytes } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Unguessable id of lower-case letters and digits: 5.17 bits per character. */
export function randomId(length: number): string {
  return randomCode(length, LETTERS);
}

/** 256 bits for links and cookies. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Unguessable code of these letters, of which there are at most 256. */
export function randomCode(length: number, letters: string): string {
  const limit = 256 - (256 % letters.length);
  let code = '';
  while (code.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // Larger bytes would favour the first letters.
      if (byte < limit && code.length < length) code += letters[byte % letters.length];
    }
  }
  return code;
}
