import { setTimeout as delay } from 'node:timers/promises';

export interface Repeated {
  readonly times: readonly number[];
  /** Of those without a time. */
  readonly failures: readonly string[];
}

interface RepeatOptions {
  readonly durationMs: number;
  readonly pauseMs: number;
  readonly signal: AbortSignal;
  /** Ends it early, with what was measured. */
  readonly until?: AbortSignal;
}

/** Measures one thing after the other until the time is over, with a pause between two. */
export async function repeatFor(
  { durationMs, pauseMs, signal, until }: RepeatOptions,
  measureMs: (index: number) => Promise<number>,
): Promise<Repeated> {
  const [times, failures]: [number[], string[]] = [[], []];
  const endMs = performance.now() + durationMs;
  for (let index = 1; performance.now() < endMs && !until?.aborted; index += 1) {
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
