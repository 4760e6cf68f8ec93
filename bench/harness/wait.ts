import { setTimeout as delay } from 'node:timers/promises';

export interface Wait {
  /** What is waited for, as the end of "timed out waiting for …". */
  readonly what: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** Asks again and again until the answer is not `null`. @throws at the deadline, or when the bench is stopped */
export async function poll<Answer>(
  wait: Wait & { readonly everyMs: number },
  ask: () => Promise<Answer | null> | Answer | null,
): Promise<Answer> {
  const giveUpAtMs = performance.now() + wait.deadlineMs;
  for (;;) {
    wait.signal.throwIfAborted();
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > giveUpAtMs) throw timedOut(wait);
    await delay(wait.everyMs, undefined, { signal: wait.signal });
  }
}

/** The promise's outcome, unless the deadline or the end of the bench comes first. */
export async function within<Value>(wait: Wait, promise: Promise<Value>): Promise<Value> {
  const over = new AbortController();
  const cut = delay(wait.deadlineMs, undefined, { signal: AbortSignal.any([wait.signal, over.signal]) }).then(
    () => {
      throw timedOut(wait);
    },
  );
  try {
    return await Promise.race([promise, cut]);
  } finally {
    over.abort();
    cut.catch(() => {});
    promise.catch(() => {});
  }
}

function timedOut(wait: Wait): Error {
  return new Error(`timed out after ${Math.round(wait.deadlineMs / 100) / 10} s waiting for ${wait.what}`);
}
