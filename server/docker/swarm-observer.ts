import type { ContainerView, LabNodeView, LabSnapshot, SwarmView } from '#contract/swarm-snapshot.ts';
import type { EngineEvent, LabNodeRef, LabObserver } from '../ports.ts';
import { ClusterManagers } from './cluster-managers.ts';
import { withoutRepeats } from './event-repeats.ts';
import { InnerEngines } from './inner-engine.ts';
import { NodeFacts } from './node-facts.ts';
import { silentNode } from './node-view.ts';
import { PatientCalls } from './patient-calls.ts';
import { by, list } from './raw-json.ts';
import { followEvents } from './swarm-events.ts';
import { containerView } from './swarm-snapshot.ts';

const API = '/v1.44';
const TASK_CONTAINERS = `${API}/containers/json?all=1&filters=${encodeURIComponent('{"label":["com.docker.swarm.task.id"]}')}`;
const CONTAINERS_PATIENCE_MS = 1_500;
const MAX_CONTAINERS = 2_000;

interface ClusterQuestion {
  readonly clusterId: string;
  readonly nodes: readonly LabNodeRef[];
  /** Of these nodes; gets to know why managers could not tell. */
  readonly views: LabNodeView[];
  readonly isolated: ReadonlySet<string>;
}

/** Looks at lab swarms through the nodes' own engines. Knows nothing of learners; keeps open connections only. */
export class SwarmObserver implements LabObserver {
  readonly #engines = new InnerEngines();
  readonly #calls = new PatientCalls();
  readonly #facts = new NodeFacts(this.#engines, this.#calls);
  readonly #managers = new ClusterManagers(this.#engines, this.#calls);

  async snapshot(
    nodes: readonly LabNodeRef[],
    signal: AbortSignal,
    isolated: ReadonlySet<string> = new Set(),
  ): Promise<LabSnapshot> {
    const takenAtMs = Date.now();
    const views = await Promise.all(nodes.map((node) => this.#nodeView(node, signal)));
    const answers = await Promise.all(
      [...clustersOf(views)].map((clusterId) =>
        this.#askCluster({ clusterId, nodes, views, isolated }, signal),
      ),
    );
    const swarms = answers.filter((answer) => answer !== null);
    return { takenAtMs, labNodes: views, swarms: withoutDoubles(swarms, views) };
  }

  watch(nodes: readonly LabNodeRef[], onEvent: (event: EngineEvent) => void, signal: AbortSignal): void {
    const onFirst = withoutRepeats(onEvent);
    for (const node of nodes) void followEvents(this.#engines, node, onFirst, signal);
  }

  close(): void {
    this.#calls.close();
    this.#engines.close();
  }

  async #nodeView(node: LabNodeRef, signal: AbortSignal): Promise<LabNodeView> {
    const { engineSocket } = node;
    try {
      const [facts, containers] = await Promise.all([
        this.#facts.of(node, signal),
        this.#calls.ask(
          `${engineSocket} containers`,
          (until) => this.#engines.get(engineSocket, TASK_CONTAINERS, until),
          { patienceMs: CONTAINERS_PATIENCE_MS, signal },
        ),
      ]);
      return {
        ...facts,
        containers: list(containers.body)
          .slice(0, MAX_CONTAINERS)
          .map(containerView)
          .filter(isContainer)
          .sort(by('id')),
      };
    } catch {
      // Silent, stopped or talking nonsense: for a check it is the same, the node can't be asked.
      return silentNode(node.name);
    }
  }

  /** The cluster's state, and on the managers that did not tell it, why not. */
  async #askCluster(
    { clusterId, nodes, views, isolated }: ClusterQuestion,
    signal: AbortSignal,
  ): Promise<SwarmView | null> {
    const managers = nodes.filter((_node, index) => {
      const view = views[index];
      return view?.controlAvailable && clusterKey(view) === clusterId;
    });
    const { swarm, refusals } = await this.#managers.ask({ clusterId, managers, isolated }, signal);
    for (const [node, controlError] of refusals) {
      this.#facts.forget(node);
      const index = nodes.indexOf(node);
      const view = views[index];
      if (view) views[index] = { ...view, controlError };
    }
    const asked = nodes.findIndex((node) => node.name === swarm?.askedNode);
    const [node, view] = [nodes[asked], views[asked]];
    if (swarm && node && !swarm.nodes.some((member) => member.id === view?.swarmNodeId))
      this.#facts.forget(node);
    return swarm;
  }
}

function clustersOf(views: readonly LabNodeView[]): Set<string> {
  return new Set(views.filter((view) => view.controlAvailable).map(clusterKey));
}

/** A manager that has lost its quorum and was never seen with one can't name its cluster. */
function clusterKey(view: LabNodeView): string {
  return view.clusterId ?? '';
}

/** Such a manager may find its quorum while it is being asked: its cluster may then be there under its name already. */
function withoutDoubles(swarms: readonly SwarmView[], views: readonly LabNodeView[]): SwarmView[] {
  const named = new Set(swarms.filter(({ clusterId }) => clusterId !== '').flatMap(memberIds));
  return swarms.filter(({ clusterId, askedNode }) => {
    const id = views.find((view) => view.name === askedNode)?.swarmNodeId;
    return clusterId !== '' || id === null || id === undefined || !named.has(id);
  });
}

function memberIds(swarm: SwarmView): string[] {
  return swarm.nodes.map(({ id }) => id);
}

function isContainer(view: ContainerView | null): view is ContainerView {
  return view !== null;
}
