import type { LabProbe } from '#contract/definitions.ts';
import {
  conditionAfter,
  type HistoryEntry,
  type HistoryFact,
  type RequestOutcome,
} from '#contract/swarm-history.ts';
import type { LabSnapshot } from '#contract/swarm-snapshot.ts';
import type { Application, LabNodeRef, Reply } from '../../ports.ts';
import { reasonAmong, reasonIn } from './probe-reasons.ts';

const EVERY_MS = 1_000;
/** A visitor waits no longer; an answer that comes later is none. */
const PATIENCE_MS = 2_500;

export interface RequestProbeOptions {
  readonly probe: LabProbe;
  readonly nodes: readonly LabNodeRef[];
  readonly application: Application;
  /** Whether somebody would see what comes of it. */
  readonly isWatched: () => boolean;
  readonly record: (fact: HistoryFact & { readonly type: 'request' }) => void;
}

/**
 * A visitor of the learner's application while there is a reason to look, one request at a time and one a second.
 * The nodes are taken in turn, and one where nothing listens or that is away is passed over, as a load balancer in
 * front of them would do.
 */
export class RequestProbe implements Disposable {
  readonly #options: RequestProbeOptions;
  readonly #nodes: readonly LabNodeRef[];
  /** They would answer us, who come by a socket; a visitor can't reach them. */
  readonly #unplugged = new Set<string>();
  #untilMs = 0;
  #turn = 0;
  #isRunning = false;
  #stop = new AbortController();

  constructor(options: RequestProbeOptions) {
    this.#options = options;
    const { probe, nodes } = options;
    this.#nodes = (probe.nodes ?? nodes.map(({ name }) => name)).flatMap(
      (name) => nodes.find((node) => node.name === name) ?? [],
    );
  }

  see(snapshot: LabSnapshot): void {
    this.#want(reasonIn(snapshot));
  }

  hear(added: readonly HistoryEntry[]): void {
    for (const entry of added) {
      if (entry.type !== 'power') continue;
      if (conditionAfter(entry) === 'unplugged') this.#unplugged.add(entry.labNode);
      else this.#unplugged.delete(entry.labNode);
    }
    this.#want(reasonAmong(added));
  }

  suspend(): void {
    this.#stop.abort();
    this.#untilMs = 0;
  }

  resume(): void {
    if (this.#stop.signal.aborted) this.#stop = new AbortController();
  }

  [Symbol.dispose](): void {
    this.suspend();
  }

  #want(forMs: number): void {
    if (forMs === 0 || this.#stop.signal.aborted) return;
    this.#untilMs = Math.max(this.#untilMs, performance.now() + forMs);
    if (!this.#isRunning) void this.#run(this.#stop.signal);
  }

  async #run(stop: AbortSignal): Promise<void> {
    this.#isRunning = true;
    try {
      while (performance.now() < this.#untilMs && !stop.aborted) {
        const beganAtMs = performance.now();
        if (this.#options.isWatched()) await this.#visit(stop);
        await pause(EVERY_MS - (performance.now() - beganAtMs), stop);
      }
    } finally {
      this.#isRunning = false;
    }
  }

  async #visit(stop: AbortSignal): Promise<void> {
    const { record } = this.#options;
    const beganAtMs = performance.now();
    const { node, reply } = await this.#askInTurn(AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]));
    // What a frozen or closed lab left unanswered says nothing about the application.
    if (stop.aborted) return;
    record({
      type: 'request',
      labNode: node,
      ...factOf(reply),
      durationMs: Math.round(performance.now() - beganAtMs),
    });
  }

  async #askInTurn(signal: AbortSignal): Promise<{ node: string; reply: Reply }> {
    const { application, probe } = this.#options;
    // Where the lab says which nodes visitors know, it says their order, too.
    const first = probe.nodes === undefined ? this.#turn++ % this.#nodes.length : 0;
    const inTurn = [...this.#nodes.slice(first), ...this.#nodes.slice(0, first)];
    let passedOver: { node: string; reply: Reply } = { node: inTurn[0]?.name ?? '', reply: { kind: 'away' } };
    for (const node of inTurn) {
      const reply: Reply = this.#unplugged.has(node.name)
        ? { kind: 'away' }
        : await application.ask(node, probe, signal);
      if (reply.kind === 'answered' || reply.kind === 'silent') return { node: node.name, reply };
      if (passedOver.reply.kind !== 'refused') passedOver = { node: node.name, reply };
    }
    return passedOver;
  }
}

function factOf(reply: Reply): { outcome: RequestOutcome; status: number | null; version: string | null } {
  if (reply.kind === 'answered') {
    const { status, version } = reply;
    return { outcome: status < 400 ? 'ok' : 'error', status, version };
  }
  return { outcome: reply.kind === 'refused' ? 'refused' : 'silent', status: null, version: null };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, Math.max(ms, 0));
    signal.addEventListener('abort', done);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
