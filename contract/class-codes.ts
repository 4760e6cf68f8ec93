import * as z from 'zod/mini';

/** Codes that people read out, copy from a board and type: no 0/O, 1/I/L, and no U, which is heard as V. */
export const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 39 bits: enough for a code that opens a seat while joining is open, with tries limited. */
export const JOIN_CODE_LENGTH = 8;
/** 78 bits: enough for a code that opens somebody's labs at any time. */
export const RETURN_CODE_LENGTH = 16;
const GROUP = 4;
const TYPED_LENGTH = 80;

/** As it is kept and compared: capitals without what stands between them, also from a Korean or Japanese keyboard. */
export function plainCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}_.]/gu, '');
}

/** As it is shown: `ABCD-EFGH`. */
export function shownCode(plain: string): string {
  return plain.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? '';
}

/** Whatever somebody types; a wrong one is an unknown code, not a fault of the request. */
export const TypedCode = z.string().check(z.maxLength(TYPED_LENGTH));
