import { MAP_LIMITS, type MapLabNode, type MapSwarm, type SwarmMap } from '#contract/swarm-map.ts';
import type { LabNodeView, LabSnapshot, SwarmView } from '#contract/swarm-snapshot.ts';
import { MAX_SENTENCE_CHARS, mapNode, mapService, mapTask, shortId } from './map-parts.ts';
import { shownTasks } from './shown-tasks.ts';

export interface MapLook {
  readonly snapshot: LabSnapshot;
  /** The same look with what was last known of whatever did not answer. */
  readonly remembered: LabSnapshot | null;
  /** The map of the look before this one, of which it takes since when somebody is silent. */
  readonly before: SwarmMap | null;
}

/** What the page draws. A cluster that no manager answers for stays as long as a node of the lab is known to be in it. */
export function swarmMap(look: MapLook): SwarmMap {
  const { snapshot, remembered } = look;
  const members = memberIds(look);
  const homes = new Map<string, LabNodeView>();
  for (const node of snapshot.labNodes) {
    const id = members.get(node.name);
    if (id !== undefined) homes.set(id, node);
  }
  const fresh = snapshot.swarms;
  const taken = new Set(fresh.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const stale = withoutTwins(
    (remembered?.swarms ?? []).filter(
      (swarm) =>
        swarm.nodes.some(({ id }) => homes.has(id)) &&
        swarm.nodes.every(({ id }) => !taken.has(id)) &&
        fresh.every(({ clusterId }) => clusterId !== swarm.clusterId),
    ),
  );
  const swarms = [
    ...fresh.map((swarm) => mapSwarm(swarm, homes, null, look)),
    ...stale.map((swarm) => mapSwarm(swarm, homes, staleSince(swarm, look), look)),
  ];
  const order = new Map(snapshot.labNodes.map(({ name }, index) => [name, index]));
  const placeOf = ({ nodes }: MapSwarm): number =>
    Math.min(...nodes.map(({ labNode }) => order.get(labNode ?? '') ?? order.size));
  swarms.sort((one, other) => placeOf(one) - placeOf(other));
  const labNodes = snapshot.labNodes.map((node) => mapLabNode(node, swarms, look));
  return { takenAtMs: snapshot.takenAtMs, labNodes, swarms };
}

/** A manager that is losing its quorum may have told of its cluster without the name: both are the same swarm. */
function withoutTwins(swarms: readonly SwarmView[]): SwarmView[] {
  const named = swarms.filter(({ clusterId }) => clusterId !== '');
  const known = new Set(named.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  return [
    ...named,
    ...swarms.filter(({ clusterId, nodes }) => clusterId === '' && nodes.every(({ id }) => !known.has(id))),
  ];
}

/** Whether two maps show the same. */
export function sameMap(one: SwarmMap, other: SwarmMap): boolean {
  return JSON.stringify({ ...one, takenAtMs: 0 }) === JSON.stringify({ ...other, takenAtMs: 0 });
}

/** Ids in their swarms by name of the lab node; a silent one is looked for under the id that it had. */
function memberIds({ snapshot, remembered }: MapLook): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const node of snapshot.labNodes) {
    const known = node.answers ? node : remembered?.labNodes.find(({ name }) => name === node.name);
    if (known?.swarmNodeId != null) ids.set(node.name, known.swarmNodeId);
  }
  return ids;
}

function mapSwarm(
  swarm: SwarmView,
  homes: ReadonlyMap<string, LabNodeView>,
  staleSinceMs: number | null,
  { snapshot }: MapLook,
): MapSwarm {
  const own = swarm.nodes.flatMap(({ id }) => homes.get(id) ?? []);
  const tasks = shownTasks(swarm.tasks, staleSinceMs ?? snapshot.takenAtMs);
  const listed = tasks.slice(0, MAP_LIMITS.tasks);
  return {
    clusterId: shortId(swarm.clusterId),
    staleSinceMs,
    staleReason: staleSinceMs === null ? null : refusalOf(own),
    nodes: swarm.nodes.map((node) => mapNode(node, homes.get(node.id)?.name ?? null)),
    services: swarm.services.slice(0, MAP_LIMITS.services).map((service) => mapService(service, swarm)),
    tasks: listed
      .map((task) => mapTask(task, homes.get(task.nodeId ?? '') ?? null))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
    unlisted: {
      tasks: tasks.length - listed.length,
      services: Math.max(swarm.services.length - MAP_LIMITS.services, 0),
    },
  };
}

function refusalOf(nodes: readonly LabNodeView[]): string | null {
  const refusing = nodes.find(({ controlError }) => controlError !== null);
  return refusing?.controlError?.slice(0, MAX_SENTENCE_CHARS) ?? null;
}

/** The last time that a manager was heard. */
function staleSince({ clusterId }: SwarmView, { snapshot, before }: MapLook): number {
  const earlier = before?.swarms.find((swarm) => swarm.clusterId === shortId(clusterId));
  return earlier?.staleSinceMs ?? before?.takenAtMs ?? snapshot.takenAtMs;
}

function mapLabNode(
  node: LabNodeView,
  swarms: readonly MapSwarm[],
  { snapshot, before }: MapLook,
): MapLabNode {
  const earlier = before?.labNodes.find(({ name }) => name === node.name);
  const home = swarms.find(({ nodes }) => nodes.some(({ labNode }) => labNode === node.name));
  const member = home?.nodes.find(({ labNode }) => labNode === node.name);
  const isTold = home?.staleSinceMs === null && member?.state === 'ready';
  return {
    name: node.name,
    silentSinceMs: node.answers ? null : (earlier?.silentSinceMs ?? snapshot.takenAtMs),
    swarmState: node.answers ? node.swarmState : (earlier?.swarmState ?? node.swarmState),
    clusterId: home?.clusterId ?? (node.clusterId === null ? null : shortId(node.clusterId)),
    running: isTold
      ? []
      : node.containers
          .filter(({ state }) => state === 'running')
          .slice(0, MAP_LIMITS.tasks)
          .map(({ taskId, health }) => ({ taskId: shortId(taskId), health })),
  };
}
