const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export interface TimeSpan {
  readonly count: number;
  readonly unit: 'seconds' | 'minutes' | 'hours';
}

/** A length of time as one says it: 40 seconds, 15 minutes, 24 hours. */
export function timeSpan(ms: number): TimeSpan {
  if (ms < MINUTE_MS) return { count: Math.max(1, Math.round(ms / 1000)), unit: 'seconds' };
  if (ms < 2 * HOUR_MS) return { count: Math.round(ms / MINUTE_MS), unit: 'minutes' };
  return { count: Math.round(ms / HOUR_MS), unit: 'hours' };
}
