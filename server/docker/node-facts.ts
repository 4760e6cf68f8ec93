import type { LabNodeView } from '#contract/swarm-snapshot.ts';
import type { LabNodeRef } from '../ports.ts';
import type { InnerEngines } from './inner-engine.ts';
import { nodeView } from './node-view.ts';

/** `GET /info` starts three programs on the node and costs ten times a ping: it is asked again after this time. */
const MAX_AGE_MS = 10_000;
const MAX_NODES = 1_000;

interface KnownNode {
  readonly swarmHeader: string;
  readonly view: LabNodeView;
  readonly atMs: number;
}

/** What nodes say of themselves. A ping tells whether the last answer of `/info` still stands. */
export class NodeFacts {
  readonly #engines: InnerEngines;
  readonly #known = new Map<string, KnownNode>();

  constructor(engines: InnerEngines) {
    this.#engines = engines;
  }

  /** @throws when the node does not answer */
  async of(node: LabNodeRef, signal: AbortSignal): Promise<LabNodeView> {
    const ping = await this.#engines.get(node.engineSocket, '/_ping', signal);
    const swarmHeader = String(ping.headers.swarm ?? '');
    const known = this.#known.get(node.engineSocket);
    // Only these two states stay as they are by themselves.
    const isStable = swarmHeader === 'inactive' || swarmHeader.startsWith('active/');
    if (known && isStable && known.swarmHeader === swarmHeader && Date.now() - known.atMs < MAX_AGE_MS) {
      return known.view;
    }
    const info = await this.#engines.get(node.engineSocket, '/info', signal);
    if (info.status !== 200) throw new Error(`GET /info: HTTP ${info.status}`);
    const view = nodeView(node.name, info.body);
    this.#remember(node.engineSocket, { swarmHeader, view, atMs: Date.now() });
    return view;
  }

  /** The next look asks `/info` again. */
  forget(node: LabNodeRef): void {
    this.#known.delete(node.engineSocket);
  }

  #remember(socket: string, known: KnownNode): void {
    this.#known.delete(socket);
    this.#known.set(socket, known);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > MAX_NODES && oldest !== undefined) this.#known.delete(oldest);
  }
}
