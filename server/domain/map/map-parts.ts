import type { MapNode, MapService, MapTask } from '#contract/swarm-map.ts';
import type {
  ContainerView,
  LabNodeView,
  SwarmNode,
  SwarmService,
  SwarmTask,
  SwarmView,
} from '#contract/swarm-snapshot.ts';
import { capacityOf } from '../history/task-facts.ts';

const STACK_LABEL = 'com.docker.stack.namespace';
/** Longer than anything that people name; the rest of what an engine says is not for a map. */
const MAX_NAME_CHARS = 120;
/** Docker's have 25, and 64 for what it hashes. */
const MAX_ID_CHARS = 64;
const MAX_STATE_CHARS = 20;
export const MAX_SENTENCE_CHARS = 400;

/** @param labNode name of the lab node that it is */
export function mapNode(node: SwarmNode, labNode: string | null): MapNode {
  const { role, leader, availability, state, reachability } = node;
  return {
    id: shortId(node.id),
    hostname: cut(node.hostname),
    labNode,
    role,
    leader,
    availability,
    state,
    reachability,
  };
}

export function mapService(service: SwarmService, swarm: SwarmView): MapService {
  const { running, desired } = capacityOf(service, swarm);
  const { updateStatus, spec } = service;
  const stack = spec.labels[STACK_LABEL];
  return {
    id: shortId(service.id),
    name: cut(service.name),
    stack: stack === undefined ? null : cut(stack),
    mode: spec.mode.type,
    image: imageName(spec.image),
    desired,
    running,
    update:
      updateStatus === null
        ? null
        : { ...updateStatus, message: updateStatus.message.slice(0, MAX_SENTENCE_CHARS) },
  };
}

/** @param home the lab node that the task is on, as it is now; `null` where that is not known */
export function mapTask(task: SwarmTask, home: LabNodeView | null): MapTask {
  return {
    id: shortId(task.id),
    serviceId: shortId(task.serviceId),
    nodeId: task.nodeId === null ? null : shortId(task.nodeId),
    slot: task.slot,
    image: imageName(task.image),
    state: task.state.slice(0, MAX_STATE_CHARS),
    desired: task.desiredState.slice(0, MAX_STATE_CHARS),
    health: healthOf(task, home),
    error: task.error === null ? null : task.error.slice(0, MAX_SENTENCE_CHARS),
    sinceMs: task.stateAtMs,
    createdAtMs: task.createdAtMs,
  };
}

function healthOf(task: SwarmTask, home: LabNodeView | null): MapTask['health'] {
  if (task.containerId === null) return 'none';
  if (!home?.answers) return 'unknown';
  return containerOf(task, home)?.health ?? 'none';
}

function containerOf(task: SwarmTask, { containers }: LabNodeView): ContainerView | undefined {
  return containers.find((container) => container.taskId === task.id);
}

function imageName(image: string): string {
  return cut(image.split('@', 1)[0] ?? image);
}

export function shortId(id: string): string {
  return id.slice(0, MAX_ID_CHARS);
}

function cut(name: string): string {
  return name.length > MAX_NAME_CHARS ? `${name.slice(0, MAX_NAME_CHARS - 1)}…` : name;
}
