import type {
  ContainerView,
  SwarmNetwork,
  SwarmNode,
  SwarmService,
  SwarmTask,
  UpdateStatus,
} from '#contract/swarm-snapshot.ts';
import {
  labels,
  list,
  numberOrNull,
  oneOf,
  record,
  recordOrNull,
  text,
  textOrNull,
  texts,
  timeOrNull,
} from './raw-json.ts';
import { healthcheck, publishedPort, serviceSpec } from './service-spec.ts';

/** The engine's JSON (API 1.45) as the contract's shapes. Never throws: whatever stands there is read as far as it goes. */

export function swarmService(value: unknown): SwarmService {
  const raw = record(value);
  const previous = recordOrNull(raw.PreviousSpec);
  return {
    id: text(raw.ID),
    name: text(record(raw.Spec).Name),
    version: numberOrNull(record(raw.Version).Index) ?? 0,
    createdAtMs: timeOrNull(raw.CreatedAt) ?? 0,
    updatedAtMs: timeOrNull(raw.UpdatedAt) ?? 0,
    spec: serviceSpec(raw.Spec),
    previousSpec: previous === null ? null : serviceSpec(previous),
    updateStatus: updateStatus(raw.UpdateStatus),
  };
}

const UPDATE_STATES = [
  'updating',
  'paused',
  'completed',
  'rollback_started',
  'rollback_paused',
  'rollback_completed',
] as const;

function updateStatus(value: unknown): UpdateStatus | null {
  const raw = record(value);
  const state = UPDATE_STATES.find((known) => known === raw.State);
  if (state === undefined) return null;
  return {
    state,
    startedAtMs: timeOrNull(raw.StartedAt),
    completedAtMs: timeOrNull(raw.CompletedAt),
    message: text(raw.Message),
  };
}

export function swarmTask(value: unknown): SwarmTask {
  const raw = record(value);
  const container = record(record(raw.Spec).ContainerSpec);
  const status = record(raw.Status);
  const running = record(status.ContainerStatus);
  return {
    id: text(raw.ID),
    serviceId: text(raw.ServiceID),
    nodeId: textOrNull(raw.NodeID),
    slot: numberOrNull(raw.Slot),
    image: text(container.Image),
    env: texts(container.Env),
    healthcheck: healthcheck(container.Healthcheck),
    desiredState: text(raw.DesiredState),
    state: text(status.State),
    stateAtMs: timeOrNull(status.Timestamp) ?? 0,
    createdAtMs: timeOrNull(raw.CreatedAt) ?? 0,
    message: text(status.Message),
    error: textOrNull(status.Err),
    containerId: textOrNull(running.ContainerID),
    exitCode: numberOrNull(running.ExitCode),
    hostPorts: list(record(status.PortStatus).Ports).map(publishedPort),
  };
}

export function swarmNode(value: unknown): SwarmNode {
  const raw = record(value);
  const spec = record(raw.Spec);
  const manager = recordOrNull(raw.ManagerStatus);
  return {
    id: text(raw.ID),
    hostname: text(record(raw.Description).Hostname),
    labels: labels(spec.Labels),
    role: oneOf(spec.Role, ['manager', 'worker'], 'worker'),
    availability: oneOf(spec.Availability, ['active', 'pause', 'drain'], 'active'),
    state: oneOf(record(raw.Status).State, ['unknown', 'down', 'ready', 'disconnected'], 'unknown'),
    leader: manager?.Leader === true,
    reachability:
      manager === null
        ? null
        : oneOf(manager.Reachability, ['unknown', 'unreachable', 'reachable'], 'unknown'),
  };
}

export function swarmNetwork(value: unknown): SwarmNetwork {
  const raw = record(value);
  return {
    id: text(raw.Id),
    name: text(raw.Name),
    driver: text(raw.Driver),
    scope: text(raw.Scope),
    labels: labels(raw.Labels),
  };
}

const TASK_LABEL = 'com.docker.swarm.task.id';

/** `null` for a container that no swarm task owns. */
export function containerView(value: unknown): ContainerView | null {
  const raw = record(value);
  const taskId = textOrNull(record(raw.Labels)[TASK_LABEL]);
  if (taskId === null) return null;
  return { id: text(raw.Id), taskId, state: text(raw.State), health: healthIn(text(raw.Status)) };
}

/** The list of containers tells health only in words: `Up 5 seconds (healthy)`. It saves an inspect per container. */
function healthIn(status: string): ContainerView['health'] {
  const [, words] = /\(((?:health: )?starting|healthy|unhealthy)\)/.exec(status) ?? [];
  if (words === undefined) return 'none';
  return words === 'healthy' || words === 'unhealthy' ? words : 'starting';
}
