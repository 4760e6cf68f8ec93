import type { LimitHit } from '#contract/api.ts';
import type { LabNodeRef, LimitWatch } from '../ports.ts';

/** Tells what the test says of the nodes that are watched. */
export class FakeLimitWatch implements LimitWatch {
  readonly #watchers = new Set<(limits: readonly LimitHit[]) => void>();

  get watchers(): number {
    return this.#watchers.size;
  }

  watch(
    _nodes: readonly LabNodeRef[],
    onChange: (limits: readonly LimitHit[]) => void,
    signal: AbortSignal,
  ): void {
    this.#watchers.add(onChange);
    signal.addEventListener('abort', () => this.#watchers.delete(onChange));
  }

  hit(...limits: LimitHit[]): void {
    for (const onChange of this.#watchers) onChange(limits);
  }
}
