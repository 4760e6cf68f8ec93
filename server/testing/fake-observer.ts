import type { LabSnapshot } from '#contract/swarm-snapshot.ts';
import type { EngineEvent, LabNodeRef, LabObserver } from '../ports.ts';

/** An observer whose lab the test changes by hand. */
export class FakeObserver implements LabObserver {
  state: LabSnapshot;
  looks = 0;
  /** What the newest look was told of unplugged nodes. */
  isolated: readonly string[] = [];
  failNext: Error | null = null;
  /** While set, looks wait for it. */
  gate: Promise<void> | null = null;
  #onEvent: ((event: EngineEvent) => void) | null = null;

  constructor(state: LabSnapshot) {
    this.state = state;
  }

  async snapshot(
    _nodes: readonly LabNodeRef[],
    _signal: AbortSignal,
    isolated: ReadonlySet<string> = new Set(),
  ): Promise<LabSnapshot> {
    this.looks++;
    this.isolated = [...isolated];
    const seen = this.state;
    await this.gate;
    const failure = this.failNext;
    this.failNext = null;
    if (failure !== null) throw failure;
    return { ...seen, takenAtMs: Date.now() };
  }

  watch(_nodes: readonly LabNodeRef[], onEvent: (event: EngineEvent) => void, signal: AbortSignal): void {
    this.#onEvent = onEvent;
    signal.addEventListener('abort', () => (this.#onEvent = null), { once: true });
  }

  get isWatched(): boolean {
    return this.#onEvent !== null;
  }

  emit(event: Partial<EngineEvent> = {}): void {
    this.#onEvent?.({
      node: 'node1',
      atMs: Date.now(),
      type: 'service',
      action: 'update',
      id: 'service1',
      attributes: {},
      ...event,
    });
  }
}
