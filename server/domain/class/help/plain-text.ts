/** Characters that show nothing, or turn the direction of what follows; line feeds and tabs stay. */
const UNSEEN = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** What somebody typed, as it is kept and shown: one kind of line end, nothing that can't be seen, no room around. */
export function plainText(typed: string): string {
  return typed
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, (char) => (char === '\n' || char === '\t' ? char : ''))
    .trim();
}
