import type { Waiting } from '#contract/api.ts';
import type { PaneTexts } from './texts.ts';

type Words = Pick<PaneTexts, 'waits' | 'elapsed'>;

/** Whole seconds left, counted on from when the page heard of it; `null` when nobody knows or time is over. */
export function secondsLeft(waiting: Waiting, heardAtMs: number, nowMs: number): number | null {
  if (waiting.remainingMs === null) return null;
  const seconds = Math.ceil((waiting.remainingMs - Math.max(0, nowMs - heardAtMs)) / 1000);
  return seconds > 0 ? seconds : null;
}

export function waitLine(waiting: Waiting, seconds: number | null, words: Words): string {
  const { waits } = words;
  const count = waiting.state === 'updating' ? waits.replaced : waits.restored;
  return `${count(waiting.replaced, waiting.total)} · ${reasonText(waiting, seconds, words)}`;
}

/** What a screen reader should hear: a new reason, or the end; never the seconds that pass. */
export function waitChange(
  before: readonly Waiting[],
  after: readonly Waiting[],
  words: Words,
): string | null {
  const news = after
    .filter((waiting) => !before.some((known) => isSameWait(known, waiting)))
    .map((waiting) => {
      const seconds = secondsLeft(waiting, 0, 0);
      return words.waits.announce(waiting.service, reasonText(waiting, seconds, words));
    });
  const over = before
    .filter(({ service }) => !after.some((waiting) => waiting.service === service))
    .map(({ service }) => words.waits.announceDone(service));
  return [...news, ...over].join(' ') || null;
}

function isSameWait(one: Waiting, other: Waiting): boolean {
  return one.service === other.service && one.reason === other.reason && one.state === other.state;
}

function reasonText(waiting: Waiting, seconds: number | null, { waits, elapsed }: Words): string {
  return waits.reasons[waiting.reason](seconds === null ? null : elapsed(seconds));
}
