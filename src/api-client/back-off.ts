/** Waits before connecting again: 0.5 s doubling to 8 s, each shortened at random by up to half (full herds never form). */
export function backOffMs(attempt: number, random: number = Math.random()): number {
  const ceilingMs = Math.min(500 * 2 ** attempt, 8_000);
  return Math.round(ceilingMs * (1 - random / 2));
}
