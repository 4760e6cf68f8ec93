import type { LabNodeView } from '#contract/swarm-snapshot.ts';
import type { LabNodeRef } from '../ports.ts';
import type { EngineResponse, InnerEngines } from './inner-engine.ts';
import { nodeView, viewOfPing } from './node-view.ts';
import type { PatientCalls } from './patient-calls.ts';
import { text } from './raw-json.ts';

/** `GET /info` starts three programs on the node and costs ten times a ping: it is asked again after this time. */
const MAX_AGE_MS = 10_000;
const PING_PATIENCE_MS = 1_500;
/** Of a manager without quorum it takes 20 s: what was known before must do. */
const INFO_PATIENCE_MS = 1_000;
const MAX_NODES = 1_000;

interface KnownNode {
  readonly swarmHeader: string;
  readonly view: LabNodeView;
  readonly atMs: number;
}

/** What nodes say of themselves. A ping tells whether the last answer of `/info` still stands. */
export class NodeFacts {
  readonly #engines: InnerEngines;
  readonly #calls: PatientCalls;
  readonly #known = new Map<string, KnownNode>();

  constructor(engines: InnerEngines, calls: PatientCalls) {
    this.#engines = engines;
    this.#calls = calls;
  }

  /** @throws when the node does not answer */
  async of(node: LabNodeRef, signal: AbortSignal): Promise<LabNodeView> {
    const ping = await this.#ask(node, '/_ping', PING_PATIENCE_MS, signal);
    const swarmHeader = text(ping.headers.swarm);
    const known = this.#known.get(node.engineSocket);
    // Only these two states stay as they are by themselves.
    const isStable = swarmHeader === 'inactive' || swarmHeader.startsWith('active/');
    const stillStands = known !== undefined && isStable && known.swarmHeader === swarmHeader;
    if (stillStands && Date.now() - known.atMs < MAX_AGE_MS) return known.view;
    const info = await this.#ask(node, '/info', INFO_PATIENCE_MS, signal).catch(() => null);
    if (info?.status !== 200) return stillStands ? known.view : viewOfPing(node.name, swarmHeader);
    const view = withKnownCluster(nodeView(node.name, info.body), known?.view);
    this.#remember(node.engineSocket, { swarmHeader, view, atMs: Date.now() });
    return view;
  }

  /** The next look asks `/info` again. */
  forget(node: LabNodeRef): void {
    const known = this.#known.get(node.engineSocket);
    if (known !== undefined) this.#known.set(node.engineSocket, { ...known, atMs: 0 });
  }

  #ask(node: LabNodeRef, path: string, patienceMs: number, signal: AbortSignal): Promise<EngineResponse> {
    const { engineSocket } = node;
    const call = (until: AbortSignal): Promise<EngineResponse> =>
      this.#engines.get(engineSocket, path, until);
    return this.#calls.ask(`${engineSocket} ${path}`, call, { patienceMs, signal });
  }

  #remember(socket: string, known: KnownNode): void {
    this.#known.delete(socket);
    this.#known.set(socket, known);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > MAX_NODES && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** Without quorum a manager can't name its cluster; as long as it is the same member, it is in the same one. */
function withKnownCluster(view: LabNodeView, known: LabNodeView | undefined): LabNodeView {
  const isSameMember = view.swarmNodeId !== null && view.swarmNodeId === known?.swarmNodeId;
  return view.clusterId === null && isSameMember ? { ...view, clusterId: known.clusterId } : view;
}
