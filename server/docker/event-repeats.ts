import { createHash } from 'node:crypto';
import type { EngineEvent } from '../ports.ts';

const MAX_REMEMBERED = 512;
/** What the cluster as a whole reports. Every manager tells it. */
const CLUSTER_TYPES: ReadonlySet<EngineEvent['type']> = new Set(['service', 'node']);

/** Passes the first report of each of a cluster's events; times are the cluster's own, but for removals. */
export function withoutRepeats(onEvent: (event: EngineEvent) => void): (event: EngineEvent) => void {
  const seen = new Set<string>();
  return (event) => {
    if (!isClusterEvent(event)) return onEvent(event);
    const atMs = event.action === 'remove' ? null : event.atMs;
    const key = digestOf([event.type, event.action, event.id, atMs, event.attributes]);
    if (seen.has(key)) return;
    seen.add(key);
    const [oldest] = seen;
    if (seen.size > MAX_REMEMBERED && oldest !== undefined) seen.delete(oldest);
    onEvent(event);
  };
}

/** A network of one engine is that engine's own; the id of an overlay is the same on all. */
function isClusterEvent(event: EngineEvent): boolean {
  return CLUSTER_TYPES.has(event.type) || (event.type === 'network' && event.attributes.type === 'overlay');
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64');
}
