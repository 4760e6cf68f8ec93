const PING_EVERY_MS = 25_000;
const MAX_UNANSWERED = 2;

/** Finds peers that are gone without a word. */
export class Heartbeat {
  readonly #timer: NodeJS.Timeout;
  #unanswered = 0;

  constructor(socket: { ping(): void; terminate(): void }) {
    this.#timer = setInterval(() => {
      if (this.#unanswered >= MAX_UNANSWERED) socket.terminate();
      else socket.ping();
      this.#unanswered += 1;
    }, PING_EVERY_MS);
  }

  answered(): void {
    this.#unanswered = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
