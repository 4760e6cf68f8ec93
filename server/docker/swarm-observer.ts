import type { ContainerView, LabNodeView, LabSnapshot, SwarmView } from '#contract/swarm-snapshot.ts';
import type { EngineEvent, LabNodeRef, LabObserver } from '../ports.ts';
import { type EngineResponse, InnerEngines } from './inner-engine.ts';
import { NodeFacts } from './node-facts.ts';
import { silentNode } from './node-view.ts';
import { list, record, textOrNull } from './raw-json.ts';
import { followEvents } from './swarm-events.ts';
import { containerView, swarmNetwork, swarmNode, swarmService, swarmTask } from './swarm-snapshot.ts';

/** A node that stays silent for this long counts as silent, so that it holds up nobody else's verdict. */
const NODE_DEADLINE_MS = 2_500;
const API = '/v1.44';
const TASK_CONTAINERS = `${API}/containers/json?all=1&filters=${encodeURIComponent('{"label":["com.docker.swarm.task.id"]}')}`;

/** Looks at lab swarms through the nodes' own engines. Knows nothing of learners; keeps open connections only. */
export class SwarmObserver implements LabObserver {
  readonly #engines = new InnerEngines();
  readonly #facts = new NodeFacts(this.#engines);

  async snapshot(nodes: readonly LabNodeRef[], signal: AbortSignal): Promise<LabSnapshot> {
    const takenAtMs = Date.now();
    const views = await Promise.all(nodes.map((node) => this.#nodeView(node, signal)));
    const swarms: SwarmView[] = [];
    for (const clusterId of clustersOf(views)) {
      const swarm = await this.#askCluster(clusterId, nodes, views, signal);
      if (swarm !== null) swarms.push(swarm);
    }
    return { takenAtMs, labNodes: views, swarms };
  }

  watch(nodes: readonly LabNodeRef[], onEvent: (event: EngineEvent) => void, signal: AbortSignal): void {
    for (const node of nodes) void followEvents(this.#engines, node, onEvent, signal);
  }

  close(): void {
    this.#engines.close();
  }

  async #nodeView(node: LabNodeRef, signal: AbortSignal): Promise<LabNodeView> {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(NODE_DEADLINE_MS)]);
    try {
      const [facts, containers] = await Promise.all([
        this.#facts.of(node, bounded),
        this.#engines.get(node.engineSocket, TASK_CONTAINERS, bounded),
      ]);
      return {
        ...facts,
        containers: listOf(containers).map(containerView).filter(isContainer).sort(by('id')),
      };
    } catch {
      // Silent, stopped or talking nonsense: for a check it is the same, the node can't be asked.
      return silentNode(node.name);
    }
  }

  /** Asks the cluster's managers one after the other until one answers; notes on the others why they did not. */
  async #askCluster(
    clusterId: string,
    nodes: readonly LabNodeRef[],
    views: LabNodeView[],
    signal: AbortSignal,
  ): Promise<SwarmView | null> {
    for (const [index, view] of views.entries()) {
      const node = nodes[index];
      if (node === undefined || !view.controlAvailable || clusterKey(view) !== clusterId) continue;
      const answer = await this.#swarmView(node, clusterId, signal);
      if (typeof answer !== 'string') {
        if (!answer.nodes.some((member) => member.id === view.swarmNodeId)) this.#facts.forget(node);
        return answer;
      }
      this.#facts.forget(node);
      views[index] = { ...view, controlError: answer };
    }
    return null;
  }

  /** The cluster's state as this manager tells it, or why it can't. */
  async #swarmView(node: LabNodeRef, clusterId: string, signal: AbortSignal): Promise<SwarmView | string> {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(NODE_DEADLINE_MS)]);
    const ask = (what: string): Promise<EngineResponse> =>
      this.#engines.get(node.engineSocket, `${API}/${what}`, bounded);
    try {
      const answers = await Promise.all([ask('services'), ask('tasks'), ask('nodes'), ask('networks')]);
      const refusal = answers.find((answer) => answer.status !== 200 || !Array.isArray(answer.body));
      if (refusal)
        return textOrNull(record(refusal.body).message) ?? `unexpected answer, HTTP ${refusal.status}`;
      const [services, tasks, members, networks] = answers;
      return {
        clusterId,
        askedNode: node.name,
        nodes: listOf(members).map(swarmNode).sort(by('id')),
        services: listOf(services).map(swarmService).sort(by('name')),
        tasks: listOf(tasks).map(swarmTask).sort(by('id')),
        networks: listOf(networks).map(swarmNetwork).sort(by('name')),
      };
    } catch (failure) {
      return failure instanceof Error ? failure.message : String(failure);
    }
  }
}

function clustersOf(views: readonly LabNodeView[]): Set<string> {
  return new Set(views.filter((view) => view.controlAvailable).map(clusterKey));
}

/** A manager without quorum can't name its cluster; it still belongs to the one that the others name. */
function clusterKey(view: LabNodeView): string {
  return view.clusterId ?? '';
}

function listOf(response: EngineResponse | undefined): readonly unknown[] {
  return list(response?.body);
}

function isContainer(view: ContainerView | null): view is ContainerView {
  return view !== null;
}

/** The engine lists in no fixed order; with a fixed one, equal states are equal snapshots. */
function by<K extends string>(key: K): (one: Record<K, string>, other: Record<K, string>) => number {
  return (one, other) => (one[key] < other[key] ? -1 : one[key] > other[key] ? 1 : 0);
}
