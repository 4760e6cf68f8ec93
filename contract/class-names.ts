import * as z from 'zod/mini';

export const NAME_MAX_CHARS = 40;
export const PASSPHRASE_MIN_CHARS = 10;
export const PASSPHRASE_MAX_CHARS = 200;

/** Control characters, unpaired surrogates, private use, and what turns or hides text around it. */
const FORBIDDEN =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;

export type NameFault = 'empty' | 'long' | 'characters';

/** A person's name as it is kept: NFC, single spaces; or what is wrong with it. */
export function readName(typed: string): { readonly name: string } | { readonly fault: NameFault } {
  if (FORBIDDEN.test(typed.replaceAll('\t', ' '))) return { fault: 'characters' };
  const name = typed.normalize('NFC').replace(/\s+/gu, ' ').trim();
  // Only marks and joiners would show as nothing.
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) return { fault: 'empty' };
  return [...name].length > NAME_MAX_CHARS ? { fault: 'long' } : { name };
}

/** What two names have in common that people take for the same. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');
}

/** Longer than any name by a mile: what is wrong with a name is said by its own error. */
export const TypedName = z.string().check(z.maxLength(400));
/** Its length is judged with a text of its own; this only bounds the work. */
export const TypedPassphrase = z.string().check(z.maxLength(1000));
