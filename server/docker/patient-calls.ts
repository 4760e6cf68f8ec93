/** A call that has been waited for in vain goes on this long by itself. Swarm managers give up after 20 s. */
const PROBE_DEADLINE_MS = 30_000;
const MAX_KEYS = 2_000;

/**
 * Calls to engines that may hang: frozen nodes, managers without quorum. Whoever asks waits once. The call then goes
 * on as a probe, and until it ends well everybody else is told at once why there is no answer.
 */
export class PatientCalls {
  /** Why there is no answer, by key. */
  readonly #late = new Map<string, string>();
  readonly #running = new Set<string>();
  readonly #closed = new AbortController();

  /** @throws when the call fails, or has not answered in time, now or when it was asked before */
  async ask<T>(
    key: string,
    call: (signal: AbortSignal) => Promise<T>,
    { patienceMs, signal }: { readonly patienceMs: number; readonly signal: AbortSignal },
  ): Promise<T> {
    const reason = this.#late.get(key);
    if (reason !== undefined) {
      if (!this.#running.has(key)) void this.#run(key, call).catch(() => {});
      throw new Error(reason);
    }
    const running = this.#run(key, call);
    // Nobody may be left to hear of it.
    running.catch(() => {});
    return await this.#wait(key, running, patienceMs, signal);
  }

  close(): void {
    this.#closed.abort();
  }

  async #run<T>(key: string, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(PROBE_DEADLINE_MS)]);
    this.#running.add(key);
    try {
      const answer = await call(signal);
      this.#late.delete(key);
      return answer;
    } catch (failure) {
      if (this.#late.has(key)) this.#setLate(key, messageOf(failure));
      throw failure;
    } finally {
      this.#running.delete(key);
    }
  }

  async #wait<T>(key: string, running: Promise<T>, patienceMs: number, signal: AbortSignal): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const giveUp = (): void => {
      const reason = `no answer within ${patienceMs / 1000} s`;
      this.#setLate(key, reason);
      reject(new Error(reason));
    };
    const timer = setTimeout(giveUp, patienceMs);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      if (signal.aborted) giveUp();
      return await Promise.race([running, promise]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    }
  }

  #setLate(key: string, reason: string): void {
    this.#late.set(key, reason);
    const oldest = this.#late.keys().next().value;
    if (this.#late.size > MAX_KEYS && oldest !== undefined) this.#late.delete(oldest);
  }
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
