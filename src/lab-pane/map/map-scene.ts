import type { NodeCondition } from '#contract/node-condition.ts';
import {
  MAP_ENDED_SHOWN_MS,
  type MapLabNode,
  type MapNode,
  type MapService,
  type MapSwarm,
  type MapTask,
  type SwarmMap,
} from '#contract/swarm-map.ts';
import { type ImageVersion, versionOf } from './image-version.ts';
import { hasEnded, phaseOf, TASK_PHASES, type TaskHome, type TaskPhase } from './task-phase.ts';

/** What is drawn, in its order: the map as told, sorted into places. */
export interface MapScene {
  readonly swarms: readonly SwarmScene[];
  /** Lab nodes that are in no swarm that is drawn. */
  readonly outside: readonly NodePlace[];
}

export interface SwarmScene {
  readonly id: string;
  /** Lab nodes known to be in it, to tell it from others. */
  readonly members: readonly string[];
  /** `null` while a manager answers. */
  readonly staleSinceMs: number | null;
  readonly staleReason: string | null;
  readonly services: readonly ServiceRow[];
  readonly places: readonly NodePlace[];
  /** Tasks that have no node yet. */
  readonly unplaced: readonly Tile[];
  readonly unlisted: MapSwarm['unlisted'];
  readonly tileCount: number;
}

export interface ServiceRow {
  readonly service: MapService;
  /** Without the stack's prefix. */
  readonly shortName: string;
  /** Everything that has not ended, by phase and version, in the order of the phases; older versions first. */
  readonly parts: readonly {
    readonly version: ImageVersion;
    readonly phase: TaskPhase;
    readonly count: number;
  }[];
}

export interface NodePlace {
  readonly key: string;
  readonly hostname: string;
  /** `null` for a member that is not a node of this lab (any more). */
  readonly labNode: string | null;
  readonly member: MapNode | null;
  readonly condition: NodeCondition;
  readonly silentSinceMs: number | null;
  readonly swarmState: MapLabNode['swarmState'] | null;
  /** Whether another member has the same host name. */
  readonly isDouble: boolean;
  readonly groups: readonly {
    readonly key: string;
    readonly name: string;
    readonly tiles: readonly Tile[];
  }[];
}

export interface Tile {
  readonly task: MapTask;
  /** As `docker service ps` has it, without the stack's prefix: `api.3`. */
  readonly name: string;
  readonly fullName: string;
  readonly version: ImageVersion;
  readonly phase: TaskPhase;
  readonly hostname: string | null;
  /** The newest failure in the same slot, where it is not drawn itself. */
  readonly failure: MapTask | null;
  /** It has ended and will soon be gone from the map. */
  readonly isFading: boolean;
}

export interface SceneEyes {
  readonly condition: (labNode: string) => NodeCondition;
  /** Whether a silence has lasted long enough to be believed. */
  readonly isSilent: (sinceMs: number | null) => boolean;
}

export function mapScene(map: SwarmMap, eyes: SceneEyes): MapScene {
  const labNodes = new Map(map.labNodes.map((node) => [node.name, node]));
  const swarms = map.swarms.map((swarm) => swarmScene(swarm, { map, labNodes, eyes }));
  const drawn = new Set(swarms.flatMap(({ members }) => members));
  const outside = map.labNodes
    .filter(({ name }) => !drawn.has(name))
    .map(
      (node): NodePlace => ({
        ...placeBase(node, eyes),
        key: node.name,
        hostname: node.name,
        member: null,
        isDouble: false,
        groups: [],
      }),
    );
  return { swarms, outside };
}

interface Surroundings {
  readonly map: SwarmMap;
  readonly labNodes: ReadonlyMap<string, MapLabNode>;
  readonly eyes: SceneEyes;
}

function placeBase(node: MapLabNode | undefined, { condition, isSilent }: SceneEyes) {
  const isGone = node === undefined || !isSilent(node.silentSinceMs);
  return {
    labNode: node?.name ?? null,
    condition: node === undefined ? ('on' as const) : condition(node.name),
    silentSinceMs: isGone ? null : node.silentSinceMs,
    swarmState: node?.swarmState ?? null,
  };
}

function swarmScene(swarm: MapSwarm, around: Surroundings): SwarmScene {
  const { map, labNodes, eyes } = around;
  const isStale = eyes.isSilent(swarm.staleSinceMs);
  const services = new Map(swarm.services.map((service) => [service.id, service]));
  const nowMs = swarm.staleSinceMs ?? map.takenAtMs;
  const failures = new Map<string, MapTask>();
  const alive = new Set<string>();
  for (const task of swarm.tasks) {
    if (!hasEnded(task)) alive.add(slotOf(task));
    else if (task.error !== null && task.sinceMs > (failures.get(slotOf(task))?.sinceMs ?? 0))
      failures.set(slotOf(task), task);
  }
  const nodes = new Map(swarm.nodes.map((node) => [node.id, node]));
  const tileOf = (task: MapTask): Tile => {
    const service = services.get(task.serviceId);
    const node = nodes.get(task.nodeId ?? '');
    const labNode = labNodes.get(node?.labNode ?? '');
    const number = task.slot ?? node?.hostname ?? task.id.slice(0, 5);
    const name = service === undefined ? task.serviceId.slice(0, 12) : shortName(service);
    const phase = phaseOf(task, homeOf(task, { node, labNode, isStale, eyes }));
    const failure = hasEnded(task) ? undefined : failures.get(slotOf(task));
    return {
      task,
      name: `${name}.${number}`,
      fullName: `${service?.name ?? task.serviceId}.${number}`,
      version: versionOf(task.image),
      phase,
      hostname: node?.hostname ?? null,
      isFading: !isStale && hasEnded(task) && (phase === 'stopped' || alive.has(slotOf(task))),
      failure: failure !== undefined && !isRecent(failure, nowMs) ? failure : null,
    };
  };
  // An old failure speaks through the task that came after it.
  const tiles = swarm.tasks
    .filter((task) => !hasEnded(task) || isRecent(task, nowMs) || !alive.has(slotOf(task)))
    .map(tileOf)
    .sort(byPlaceInService);
  return {
    id: swarm.clusterId,
    members: swarm.nodes.flatMap(({ labNode }) => labNode ?? []),
    staleSinceMs: isStale ? swarm.staleSinceMs : null,
    staleReason: swarm.staleReason,
    services: swarm.services.map((service) => serviceRow(service, tiles)),
    places: placesOf(swarm, tiles, around),
    unplaced: tiles.filter(({ task }) => !nodes.has(task.nodeId ?? '') && !hasEnded(task)),
    unlisted: swarm.unlisted,
    tileCount: tiles.length,
  };
}

function homeOf(
  task: MapTask,
  {
    node,
    labNode,
    isStale,
    eyes,
  }: { node: MapNode | undefined; labNode: MapLabNode | undefined; isStale: boolean; eyes: SceneEyes },
): TaskHome {
  const isLost = node?.state === 'down' || node?.state === 'disconnected';
  const answers = labNode !== undefined && labNode.silentSinceMs === null;
  const isGone = labNode !== undefined && eyes.isSilent(labNode.silentSinceMs);
  const runs = labNode?.running.some(({ taskId }) => taskId === task.id) === true;
  return { isTold: !isStale && !isLost && !isGone, answers, runs };
}

function placesOf(
  swarm: MapSwarm,
  tiles: readonly Tile[],
  { map, labNodes, eyes }: Surroundings,
): NodePlace[] {
  const order = new Map(map.labNodes.map(({ name }, index) => [name, index]));
  const rank = ({ labNode }: MapNode): number => order.get(labNode ?? '') ?? order.size;
  const names = swarm.services.map(({ id }) => id);
  return [...swarm.nodes]
    .sort((one, other) => rank(one) - rank(other) || (one.hostname < other.hostname ? -1 : 1))
    .map((member) => {
      const own = tiles.filter(({ task }) => task.nodeId === member.id);
      const ids = [...new Set(own.map(({ task }) => task.serviceId))];
      ids.sort((one, other) => names.indexOf(one) - names.indexOf(other));
      return {
        ...placeBase(labNodes.get(member.labNode ?? ''), eyes),
        key: member.id,
        hostname: member.hostname,
        member,
        isDouble: swarm.nodes.filter(({ hostname }) => hostname === member.hostname).length > 1,
        groups: ids.map((id) => {
          const members = own.filter(({ task }) => task.serviceId === id);
          return { key: id, name: nameOf(swarm, id), tiles: members };
        }),
      };
    });
}

function nameOf(swarm: MapSwarm, serviceId: string): string {
  const service = swarm.services.find(({ id }) => id === serviceId);
  return service === undefined ? serviceId.slice(0, 12) : shortName(service);
}

function serviceRow(service: MapService, tiles: readonly Tile[]): ServiceRow {
  const alive = tiles.filter(({ task }) => task.serviceId === service.id && !hasEnded(task));
  const rank = ({ phase }: Tile): number => TASK_PHASES.indexOf(phase);
  alive.sort((one, other) => rank(one) - rank(other) || one.task.createdAtMs - other.task.createdAtMs);
  const parts = new Map<string, { version: ImageVersion; phase: TaskPhase; count: number }>();
  for (const { task, version, phase } of alive) {
    const key = JSON.stringify([task.image, phase]);
    const part = parts.get(key) ?? { version, phase, count: 0 };
    parts.set(key, { ...part, count: part.count + 1 });
  }
  return { service, shortName: shortName(service), parts: [...parts.values()] };
}

function shortName({ name, stack }: MapService): string {
  return stack !== null && name.startsWith(`${stack}_`) ? name.slice(stack.length + 1) : name;
}

function slotOf({ serviceId, slot, nodeId }: MapTask): string {
  return JSON.stringify([serviceId, slot ?? nodeId]);
}

function isRecent({ sinceMs }: MapTask, nowMs: number): boolean {
  return nowMs - sinceMs < MAP_ENDED_SHOWN_MS;
}

/** Old and new of a slot stand side by side, the old one first. */
function byPlaceInService(one: Tile, other: Tile): number {
  return (one.task.slot ?? 0) - (other.task.slot ?? 0) || one.task.createdAtMs - other.task.createdAtMs;
}
