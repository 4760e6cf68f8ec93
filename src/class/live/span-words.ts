import type { LiveTexts } from './texts.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** For how long something has been so, in whole minutes: what looks at thirty of them needs no seconds. */
export function spanWords(ms: number, { span }: Pick<LiveTexts, 'span'>): string {
  if (ms < 2 * MINUTE_MS) return span.moment;
  if (ms < 2 * HOUR_MS) return span.minutes(Math.floor(ms / MINUTE_MS));
  if (ms < 2 * DAY_MS) return span.hours(Math.floor(ms / HOUR_MS));
  return span.days(Math.floor(ms / DAY_MS));
}
