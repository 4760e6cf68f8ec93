import type { TerminalWatcher } from '../../domain/lab-terminals.ts';

/** Has the keyboard when the test says so. */
export class FakeWatcher implements TerminalWatcher {
  readonly name: string;
  readonly #listeners = new Set<() => void>();
  #hasKeyboard = false;

  constructor(name: string) {
    this.name = name;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  hasKeyboard(): boolean {
    return this.#hasKeyboard;
  }

  take(hasKeyboard: boolean): void {
    this.#hasKeyboard = hasKeyboard;
    for (const listener of this.#listeners) listener();
  }

  onKeyboard(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
