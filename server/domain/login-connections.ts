/** What a login session holds open: event streams and terminals, which end with it. */
export class LoginConnections {
  readonly #open = new Map<string, Set<() => void>>();

  /** @param close called when the login session ends. @returns to be called when the connection ends by itself */
  hold(loginId: string, close: () => void): () => void {
    const held = this.#open.get(loginId) ?? new Set();
    this.#open.set(loginId, held.add(close));
    return () => {
      held.delete(close);
      if (held.size === 0 && this.#open.get(loginId) === held) this.#open.delete(loginId);
    };
  }

  end(loginId: string): void {
    const held = this.#open.get(loginId) ?? [];
    this.#open.delete(loginId);
    for (const close of held) close();
  }

  /** Ends what belongs to login sessions that are over. */
  sweep(isAlive: (loginId: string) => boolean): void {
    for (const loginId of [...this.#open.keys()]) if (!isAlive(loginId)) this.end(loginId);
  }
}
