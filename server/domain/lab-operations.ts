import { LabError } from './lab-error.ts';

/** A script that flips switches in a loop gets no longer queue than this. */
const SWITCHES_QUEUED = 16;

/**
 * One change of a lab at a time. A change of the whole lab is refused while another one runs. Switches wait for
 * earlier ones of the same node, not for those of others: without quorum a node boots only when the next one does.
 * A change of the whole lab ends the switches that run and refuses those that wait.
 */
export class LabOperations {
  readonly #name: string;
  #whole: Promise<void> | null = null;
  #wholeAbort = new AbortController();
  /** The newest switch of each node; never rejects. */
  readonly #switches = new Map<string, Promise<void>>();
  #switchAbort = new AbortController();
  #queued = 0;
  #begun = 0;

  constructor(name: string) {
    this.#name = name;
  }

  get isBusy(): boolean {
    return this.#whole !== null || this.#switches.size > 0;
  }

  /** How many changes have begun: what was seen of the lab before the newest one is out of date. */
  get begun(): number {
    return this.#begun;
  }

  /**
   * @param onBegun called at once; the work begins when no switch runs any more
   * @throws {LabError} LAB_BUSY
   */
  run(work: (signal: AbortSignal) => Promise<void>, onBegun?: () => void): Promise<void> {
    this.#refuseIfBusy();
    this.#begun++;
    this.#switchAbort.abort(new LabError('LAB_BUSY', `${this.#name} is changed as a whole`));
    this.#wholeAbort = new AbortController();
    const { signal } = this.#wholeAbort;
    onBegun?.();
    const begun = this.#switches.size === 0 ? work(signal) : this.#switchesOver().then(() => work(signal));
    const whole = begun.finally(() => {
      this.#whole = null;
    });
    this.#whole = whole;
    return whole;
  }

  /** @throws {LabError} LAB_BUSY, TOO_MANY_REQUESTS */
  async runSwitch(node: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#refuseIfBusy();
    if (this.#queued >= SWITCHES_QUEUED)
      throw new LabError('TOO_MANY_REQUESTS', `${this.#queued} switches of ${this.#name} wait`);
    this.#queued++;
    const own = (this.#switches.get(node) ?? Promise.resolve()).then(() => {
      this.#refuseIfBusy();
      this.#begun++;
      if (this.#switchAbort.signal.aborted) this.#switchAbort = new AbortController();
      return work(this.#switchAbort.signal);
    });
    const settled = own
      .catch(() => {})
      .finally(() => {
        this.#queued--;
        if (this.#switches.get(node) === settled) this.#switches.delete(node);
      });
    this.#switches.set(node, settled);
    return own;
  }

  /** Asks the running changes to give up. */
  cancel(reason: Error): void {
    this.#wholeAbort.abort(reason);
    this.#switchAbort.abort(reason);
  }

  /** Resolves when nothing runs; never rejects. */
  async settled(): Promise<void> {
    await this.#whole?.catch(() => {});
    await this.#switchesOver();
  }

  async #switchesOver(): Promise<void> {
    await Promise.all(this.#switches.values());
  }

  #refuseIfBusy(): void {
    if (this.#whole !== null) throw new LabError('LAB_BUSY', `${this.#name} is being changed`);
  }
}
