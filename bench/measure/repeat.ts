import { setTimeout as delay } from 'node:timers/promises';

export interface Repeated {
  readonly times: readonly number[];
  /** Of those without a time. */
  readonly failures: readonly string[];
}

/** Measures one thing after the other until the time is over, with a pause between two. */
export async function repeatFor(
  { durationMs, pauseMs, signal }: { durationMs: number; pauseMs: number; signal: AbortSignal },
  measureMs: (index: number) => Promise<number>,
): Promise<Repeated> {
  const [times, failures]: [number[], string[]] = [[], []];
  const endMs = performance.now() + durationMs;
  for (let index = 1; performance.now() < endMs; index += 1) {
    try {
      times.push(await measureMs(index));
    } catch (failure) {
      signal.throwIfAborted();
      failures.push(failure instanceof Error ? failure.message : String(failure));
    }
    await delay(pauseMs, undefined, { signal });
  }
  return { times, failures };
}
