import type { WebhookMade, WebhookView } from '#contract/class-webhook.ts';
import type { CohortId } from '#contract/ids.ts';
import { LabError } from '../../lab-error.ts';
import type { Log } from '../../log.ts';
import { signedHeaders } from './signature.ts';
import type { Attempted, WebhookSender, WebhookStore } from './webhook-ports.ts';

export interface WebhooksParts {
  readonly store: WebhookStore;
  readonly sender: WebhookSender;
  readonly newSecret: () => string;
  readonly nowMs: () => number;
  readonly log: Log;
}

/** Waits between tries, in ms: 18 hours in all. */
const RETRY_AFTER_MS = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000];
/** One failure holds up a class's other events for so long at most: a dead receiver is not asked a thousand times. */
const HOLD_UP_MS = 300_000;
/** A class whose every delivery failed for so long has no receiver any more. */
const HOPELESS_MS = 18 * 3_600_000;
const SEND_TIMEOUT_MS = 10_000;
const CLASSES_AT_A_TIME = 8;
const GONE = 410;

/** Sends what happens in classes to where their instructors want it: in order while they are taken, and at least once. */
export class Webhooks {
  readonly #parts: WebhooksParts;
  readonly #busy = new Map<CohortId, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(parts: WebhooksParts) {
    this.#parts = parts;
  }

  view(cohortId: CohortId): WebhookView | null {
    return this.#parts.store.view(cohortId);
  }

  /** @throws {LabError} WEBHOOK_ADDRESS_REFUSED */
  async set(cohortId: CohortId, typed: string): Promise<WebhookMade> {
    const { store, sender, newSecret, nowMs } = this.#parts;
    const url = URL.parse(typed.trim())?.href ?? '';
    if (!(await sender.mayReach(url, AbortSignal.timeout(SEND_TIMEOUT_MS))))
      throw new LabError('WEBHOOK_ADDRESS_REFUSED', 'events may not go to this address');
    const secret = newSecret();
    store.set(cohortId, { url, secret }, nowMs());
    return { secret, webhook: this.#known(cohortId) };
  }

  remove(cohortId: CohortId): void {
    this.#parts.store.remove(cohortId);
  }

  /** Goes on after it was switched off; what happened meanwhile is not sent. @throws {LabError} WEBHOOK_UNKNOWN */
  enable(cohortId: CohortId): WebhookView {
    this.#known(cohortId);
    this.#parts.store.enable(cohortId);
    return this.#known(cohortId);
  }

  /** Sends a test, and waits for the answer. @throws {LabError} WEBHOOK_UNKNOWN, WEBHOOK_DISABLED */
  async test(cohortId: CohortId): Promise<WebhookView> {
    if (this.#known(cohortId).disabledAtMs !== null)
      throw new LabError('WEBHOOK_DISABLED', 'deliveries are switched off');
    this.#parts.store.add(cohortId, 'webhook.test', this.#parts.nowMs());
    await this.#work(cohortId);
    return this.#known(cohortId);
  }

  /** To be called often: sends what is due. Never throws. */
  tick(): void {
    const { store, nowMs, log } = this.#parts;
    try {
      for (const cohortId of store.cohortsDue(nowMs())) {
        if (this.#busy.size >= CLASSES_AT_A_TIME) return;
        void this.#work(cohortId);
      }
    } catch (failure) {
      log.error({ err: failure }, 'webhooks could not be looked after');
    }
  }

  /** Ends deliveries that are under way; they are tried again after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#busy.values());
  }

  #known(cohortId: CohortId): WebhookView {
    const view = this.#parts.store.view(cohortId);
    if (view === null) throw new LabError('WEBHOOK_UNKNOWN', 'the class has no webhook');
    return view;
  }

  /** One run per class at a time. */
  #work(cohortId: CohortId): Promise<void> {
    const running = this.#busy.get(cohortId);
    if (running !== undefined) return running;
    const work = this.#deliverDue(cohortId)
      .catch((failure: unknown) =>
        this.#parts.log.error({ err: failure, cohortId }, 'a webhook could not be sent'),
      )
      .finally(() => this.#busy.delete(cohortId));
    this.#busy.set(cohortId, work);
    return work;
  }

  async #deliverDue(cohortId: CohortId): Promise<void> {
    const { store, sender, nowMs } = this.#parts;
    while (!this.#stopping.signal.aborted) {
      const due = store.nextDue(cohortId, nowMs());
      if (due === null) return;
      const { url, secret, event } = due;
      const body = JSON.stringify(event.payload);
      const headers = signedHeaders(secret, event.id, Math.floor(nowMs() / 1000), body);
      const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(SEND_TIMEOUT_MS)]);
      const tried = await sender.send({ url, body, headers }, signal);
      if (this.#stopping.signal.aborted) return;
      this.#note(cohortId, event, tried);
    }
  }

  #note(cohortId: CohortId, event: { readonly id: string; readonly tries: number }, tried: Attempted): void {
    const { store, nowMs, log } = this.#parts;
    const atMs = nowMs();
    if (tried.status !== null && tried.status >= 200 && tried.status < 300) {
      store.noteTry(event.id, tried, atMs, null);
      store.noteWorking(cohortId);
      return;
    }
    const waitMs = RETRY_AFTER_MS[event.tries];
    store.noteTry(event.id, tried, atMs, waitMs === undefined ? null : atMs + waitMs);
    store.postpone(cohortId, atMs + Math.min(waitMs ?? HOLD_UP_MS, HOLD_UP_MS));
    const failingSinceMs = store.noteFailing(cohortId, atMs);
    log.warn({ cohortId, eventId: event.id, ...tried }, 'a webhook was not taken');
    if (tried.status === GONE) store.disable(cohortId, 'gone', atMs);
    else if (waitMs === undefined && atMs - failingSinceMs >= HOPELESS_MS)
      store.disable(cohortId, 'failing', atMs);
  }
}
