import type { Shortage } from '#contract/api.ts';
import type { LabParts } from './lab-parts.ts';
import type { LabRegistry } from './lab-registry.ts';
import type { LabSession } from './lab-session.ts';

const STARTS_KEPT = 20;
const ENDS_WITHIN_MS = 60 * 60_000;
const ENDS_KEPT = 200;
/** Fewer labs that ended say nothing about the next one. */
const ENDS_NEEDED = 3;

/** How long a wait in the queue will be, from how long starts took and how often labs have ended here. */
export class WaitEstimate {
  readonly #parts: Pick<LabParts, 'clock' | 'idle' | 'parallelStarts'>;
  readonly #registry: LabRegistry;
  /** Milliseconds by number of nodes, newest last. */
  readonly #starts = new Map<number, number[]>();
  #endedAtMs: number[] = [];

  constructor(parts: Pick<LabParts, 'clock' | 'idle' | 'parallelStarts'>, registry: LabRegistry) {
    this.#parts = parts;
    this.#registry = registry;
  }

  /** A lab of so many nodes was created in this time. */
  started(nodes: number, tookMs: number): void {
    this.#starts.set(nodes, [...(this.#starts.get(nodes) ?? []), tookMs].slice(-STARTS_KEPT));
  }

  /** A lab gave its place back. */
  ended(): void {
    this.#endedAtMs = [...this.#endedAtMs, this.#parts.clock.nowMs()].slice(-ENDS_KEPT);
  }

  /** Median of what was measured; `null` before the first start of such a lab. */
  startMs(nodes: number): number | null {
    const sorted = (this.#starts.get(nodes) ?? []).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? null;
  }

  /** Milliseconds until this lab's turn; `null` where nobody can know. */
  of(session: LabSession, position: number, lacks: Shortage): number | null {
    if (lacks === 'turn') {
      const startMs = this.startMs(session.definition.nodes.length);
      return startMs === null ? null : Math.ceil(position / this.#parts.parallelStarts) * startMs;
    }
    const known = [this.#byRate(position), this.#byIdleness(position)].filter((ms) => ms !== null);
    return known.length === 0 ? null : Math.min(...known);
  }

  /** As often as labs ended in the last hour. */
  #byRate(position: number): number | null {
    const nowMs = this.#parts.clock.nowMs();
    const recent = this.#endedAtMs.filter((atMs) => nowMs - atMs < ENDS_WITHIN_MS);
    const [first] = recent;
    if (first === undefined || recent.length < ENDS_NEEDED) return null;
    return (position * (nowMs - first)) / recent.length;
  }

  /** When so many labs that nobody is at will have been closed for it. */
  #byIdleness(position: number): number | null {
    const nowMs = this.#parts.clock.nowMs();
    const ends = this.#registry
      .all()
      .filter((one) => one.environment !== null && one.connections === 0 && !one.isBusy)
      .map((one) => Math.max(one.lastSeenAtMs + this.#parts.idle.closeMs, one.keepUntilMs ?? 0))
      .sort((a, b) => a - b);
    const atMs = ends[position - 1];
    return atMs === undefined ? null : Math.max(0, atMs - nowMs);
  }
}
