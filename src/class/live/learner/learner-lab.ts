import { batch, computed, signal } from '@preact/signals';
import type { LabEvent } from '#contract/api.ts';
import type { LabLook, LabUsage } from '#contract/class-live.ts';
import { EMPTY_LAB, type LabModel, reduceLab } from '../../../lab-pane/lab-model.ts';
import type { LearnerApi } from './learner-api.ts';

/** How often one learner's lab is looked at while its page is in front. */
const LOOK_EVERY_MS = 2_000;
/** The engine takes a second or two to tell it. */
const USAGE_EVERY_MS = 6_000;

/** A learner's lab as an instructor sees it. Whoever makes it disposes it. */
export class LearnerLab implements Disposable {
  readonly model = signal<LabModel>(EMPTY_LAB);
  readonly session = computed(() => this.model.value.session);
  readonly isReady = computed(() => this.session.value?.status.state === 'ready');
  readonly connection = signal<'connecting' | 'live' | 'reconnecting'>('connecting');
  readonly usage = signal<LabUsage | null>(null);
  readonly #api: LearnerApi;
  readonly #id: string;
  readonly #stopped = new AbortController();
  #usedAtMs = 0;

  constructor(api: LearnerApi, id: string) {
    this.#api = api;
    this.#id = id;
    void this.#follow();
  }

  [Symbol.dispose](): void {
    this.#stopped.abort();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      if (!document.hidden) await this.#lookOnce(signal);
      await pause(LOOK_EVERY_MS, signal);
    }
  }

  async #lookOnce(signal: AbortSignal): Promise<void> {
    try {
      const look = await this.#api.look(this.#id, signal);
      this.#take(look);
      await this.#readHistory(look, signal);
      void this.#askUsage(signal);
      this.connection.value = 'live';
    } catch {
      // The row of the class view says what became of the lab; here the last look stays.
      if (!signal.aborted) this.connection.value = 'reconnecting';
    }
  }

  #take({ session, verdict, map, waiting, limits }: LabLook): void {
    batch(() => {
      this.#apply({ type: 'session', session });
      if (verdict !== null) this.#apply({ type: 'verdict', verdict });
      if (map !== null && map.takenAtMs !== this.model.peek().map?.takenAtMs)
        this.#apply({ type: 'map', map });
      this.#apply({ type: 'waiting', waiting });
      this.#apply({ type: 'limits', limits });
    });
  }

  async #readHistory({ session: { generation }, lastSeq }: LabLook, signal: AbortSignal): Promise<void> {
    for (;;) {
      const { history } = this.model.peek();
      const known = history.generation === generation ? (history.entries.at(-1)?.seq ?? 0) : 0;
      if (known >= lastSeq) return;
      const page = await this.#api.history(this.#id, known, signal);
      this.#apply({ type: 'history', generation: page.generation, entries: page.entries });
      if (page.entries.length === 0 || page.generation !== generation) return;
    }
  }

  async #askUsage(signal: AbortSignal): Promise<void> {
    if (!this.isReady.peek()) {
      this.usage.value = null;
      return;
    }
    if (Date.now() - this.#usedAtMs < USAGE_EVERY_MS) return;
    this.#usedAtMs = Date.now();
    this.usage.value = await this.#api.usage(this.#id, signal).catch(() => null);
  }

  #apply(event: LabEvent): void {
    this.model.value = reduceLab(this.model.peek(), event);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
