import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 100;

/** Asks until the answer is there. @throws {Error} naming what was waited for when the time is over */
export async function poll<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  deadlineMs: number,
): Promise<T> {
  const endsAtMs = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() >= endsAtMs) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await pause(EVERY_MS);
  }
}
