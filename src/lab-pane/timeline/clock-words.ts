import type { TimelineTexts } from './texts.ts';

type Words = Pick<TimelineTexts, 'seconds' | 'minutes'>;

/** `12.3초`, from a minute on `1분 5초`. */
export function timeWords(ms: number, words: Words): string {
  const seconds = ms / 1_000;
  if (Math.abs(seconds) < 60) return words.seconds(seconds.toFixed(1));
  const whole = Math.round(Math.abs(seconds));
  return `${seconds < 0 ? '−' : ''}${words.minutes(Math.floor(whole / 60), whole % 60)}`;
}

/** As it stands beside a line of the log: `+12.3`, of which columns can be read. */
export function offset(ms: number): string {
  const sign = ms < 0 ? '−' : '+';
  return `${sign}${(Math.abs(ms) / 1_000).toFixed(1)}`;
}

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

export function clock(atMs: number, language: string): string {
  return new Intl.DateTimeFormat(language, CLOCK).format(atMs);
}
