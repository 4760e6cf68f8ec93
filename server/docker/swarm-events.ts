import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Allowance } from '../domain/allowance.ts';
import type { EngineEvent, LabNodeRef } from '../ports.ts';
import type { InnerEngines } from './inner-engine.ts';
import { labels, oneOf, record, text } from './raw-json.ts';

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 2_000;
const MAX_LINE_CHARS = 16 * 1024;
/** An engine that says more than this waits: its socket is read no faster. */
const EVENT_CHARS = { perSecond: 256 * 1024, burst: 1024 * 1024 };
const FULL_STREAM_PAUSE_MS = 250;
/** Lab and server have one clock: nothing happens later than this. */
const MAX_AHEAD_MS = 60_000;

/** Health checks by `exec` make three events each and say nothing: only these are asked for. */
const FILTERS = {
  type: ['service', 'node', 'container', 'network'],
  event: ['create', 'update', 'remove', 'start', 'die', 'destroy', 'health_status'],
};
const PATH = `/events?filters=${encodeURIComponent(JSON.stringify(FILTERS))}`;

/** Reports a node's events until aborted. A broken stream is opened anew, after pauses that grow to two seconds. */
export async function followEvents(
  engines: InnerEngines,
  node: LabNodeRef,
  onEvent: (event: EngineEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  let retryMs = FIRST_RETRY_MS;
  while (!signal.aborted) {
    try {
      const stream = await engines.open(node.engineSocket, PATH, signal);
      if (stream.statusCode === 200) {
        retryMs = FIRST_RETRY_MS;
        onEvent(connectedEvent(node.name));
        const onLine = (line: string): void => {
          const event = parseEvent(node.name, line);
          if (event !== null) onEvent(event);
        };
        await readLines(stream, onLine, signal);
      } else stream.destroy();
    } catch {
      // The engine went away or is not there yet: the snapshots tell the rest of the world.
    }
    if (signal.aborted) return;
    await sleep(retryMs, undefined, { signal }).catch(() => {});
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }
}

function connectedEvent(node: string): EngineEvent {
  return { node, atMs: Date.now(), type: 'connected', action: 'connected', id: '', attributes: {} };
}

/** A line beyond the limit ends the stream: no event is that long. */
async function readLines(
  stream: IncomingMessage,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const allowance = new Allowance(EVENT_CHARS, performance.now());
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>) {
    while (!allowance.spend(chunk.length, performance.now())) {
      await sleep(FULL_STREAM_PAUSE_MS, undefined, { signal });
    }
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_CHARS) {
      stream.destroy();
      return;
    }
    for (const line of lines) onLine(line);
  }
}

/** `null` for what is no event of a kind that we follow. */
export function parseEvent(node: string, line: string): EngineEvent | null {
  let raw: Readonly<Record<string, unknown>>;
  try {
    raw = record(JSON.parse(line));
  } catch {
    return null;
  }
  const type = oneOf(raw.Type, ['service', 'node', 'container', 'network', 'unknown'], 'unknown');
  if (type === 'unknown') return null;
  const actor = record(raw.Actor);
  return {
    node,
    atMs: timeOf(raw.timeNano),
    type,
    action: text(raw.Action),
    id: text(actor.ID),
    attributes: labels(actor.Attributes),
  };
}

function timeOf(nanos: unknown): number {
  const nowMs = Date.now();
  const atMs = typeof nanos === 'number' ? Math.floor(nanos / 1e6) : nowMs;
  return atMs > 0 && atMs <= nowMs + MAX_AHEAD_MS ? atMs : nowMs;
}
