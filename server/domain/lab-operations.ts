import { LabError } from './lab-error.ts';

/** A script that flips switches in a loop gets no longer queue than this. */
const SWITCHES_QUEUED = 16;

/**
 * One change of a lab at a time. A change of the whole lab is refused while another one runs. Switches of single
 * nodes wait for each other instead; a change of the whole lab ends the one that runs and refuses the others.
 */
export class LabOperations {
  readonly #name: string;
  #whole: Promise<void> | null = null;
  #wholeAbort = new AbortController();
  #switches: Promise<void> | null = null;
  #switchAbort = new AbortController();
  #queued = 0;
  #begun = 0;

  constructor(name: string) {
    this.#name = name;
  }

  get isBusy(): boolean {
    return this.#whole !== null || this.#switches !== null;
  }

  /** How many changes have begun: what was seen of the lab before the newest one is out of date. */
  get begun(): number {
    return this.#begun;
  }

  /** @throws {LabError} LAB_BUSY */
  run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#refuseIfBusy();
    this.#begun++;
    this.#switchAbort.abort(new LabError('LAB_BUSY', `${this.#name} is changed as a whole`));
    this.#wholeAbort = new AbortController();
    const { signal } = this.#wholeAbort;
    const begun = this.#switches === null ? work(signal) : this.#switches.then(() => work(signal));
    const whole = begun.finally(() => {
      this.#whole = null;
    });
    this.#whole = whole;
    return whole;
  }

  /** @throws {LabError} LAB_BUSY, TOO_MANY_REQUESTS */
  async runSwitch(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#refuseIfBusy();
    if (this.#queued >= SWITCHES_QUEUED)
      throw new LabError('TOO_MANY_REQUESTS', `${this.#queued} switches of ${this.#name} wait`);
    this.#queued++;
    const own = (this.#switches ?? Promise.resolve()).then(() => {
      this.#refuseIfBusy();
      this.#begun++;
      this.#switchAbort = new AbortController();
      return work(this.#switchAbort.signal);
    });
    const settled = own
      .catch(() => {})
      .finally(() => {
        this.#queued--;
        if (this.#switches === settled) this.#switches = null;
      });
    this.#switches = settled;
    return own;
  }

  /** Asks the running change to give up. */
  cancel(reason: Error): void {
    this.#wholeAbort.abort(reason);
    this.#switchAbort.abort(reason);
  }

  /** Resolves when nothing runs; never rejects. */
  async settled(): Promise<void> {
    await this.#whole?.catch(() => {});
    await this.#switches;
  }

  #refuseIfBusy(): void {
    if (this.#whole !== null) throw new LabError('LAB_BUSY', `${this.#name} is being changed`);
  }
}
