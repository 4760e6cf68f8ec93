import type { Language } from '#contract/language.ts';

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

/** A time of day to the second, on the reader's own clock. */
export function clockWords(atMs: number, language: Language): string {
  return new Intl.DateTimeFormat(language, CLOCK).format(atMs);
}
