import type { Waiting } from '#contract/api.ts';
import type {
  ContainerView,
  LabSnapshot,
  SwarmService,
  SwarmTask,
  SwarmView,
} from '#contract/swarm-snapshot.ts';

/** What Docker takes where a spec says nothing. A `monitor` of zero is stored as nothing, too. */
const DEFAULT_MONITOR_MS = 5_000;
const DEFAULT_RESTART_DELAY_MS = 5_000;

type UpdateState = Waiting['state'];

/** What each service with an update or a rollback under way waits for at this moment. Pure. */
export function updateWaits(snapshot: LabSnapshot, nowMs: number): Waiting[] {
  return snapshot.swarms.flatMap((swarm) =>
    swarm.services.flatMap((service) => {
      const state = service.updateStatus?.state;
      if (state !== 'updating' && state !== 'rollback_started') return [];
      return [waitOf({ snapshot, swarm, service, state, nowMs })];
    }),
  );
}

/** Whether two answers say more than that time has passed. `later` was computed this long after `earlier`. */
export function sameWaits(
  earlier: readonly Waiting[],
  later: readonly Waiting[],
  elapsedMs: number,
): boolean {
  return (
    earlier.length === later.length &&
    earlier.every((wait, index) => {
      const now = later[index];
      if (now === undefined) return false;
      const { remainingMs: before, ...facts } = wait;
      const { remainingMs: after, ...factsNow } = now;
      if (JSON.stringify(facts) !== JSON.stringify(factsNow)) return false;
      if (before === null || after === null) return before === after;
      return Math.abs(Math.max(before - elapsedMs, 0) - after) <= CLOCK_TOLERANCE_MS;
    })
  );
}

const CLOCK_TOLERANCE_MS = 400;

interface Update {
  readonly snapshot: LabSnapshot;
  readonly swarm: SwarmView;
  readonly service: SwarmService;
  readonly state: UpdateState;
  readonly nowMs: number;
}

function waitOf(update: Update): Waiting {
  const { service, state, nowMs } = update;
  const { fresh, old } = tasksByAge(update);
  const running = fresh.filter((task) => task.state === 'running');
  const total = totalOf(update);
  const base = { service: service.name, state, replaced: Math.min(running.length, total), total };
  const tell = (reason: Waiting['reason'], endsAtMs: number | null): Waiting => ({
    ...base,
    reason,
    remainingMs: endsAtMs === null ? null : Math.max(endsAtMs - nowMs, 0),
  });

  const coming = fresh.filter((task) => task.state !== 'running');
  const next = coming[0];
  if (next !== undefined) return startOf(update, coming, old, tell);
  const settings = state === 'updating' ? service.spec.updateConfig : service.spec.rollbackConfig;
  const lastRunAtMs = Math.max(...running.map((task) => task.stateAtMs), startedAt(service));
  const delayEndsAtMs = lastRunAtMs + (settings?.delayNs ?? 0) / 1e6;
  // The pause follows every batch, the last one too.
  if (nowMs < delayEndsAtMs) return tell('delay', delayEndsAtMs);
  if (running.length < total) return tell('start', null);
  const monitorMs = settings?.monitorNs == null ? DEFAULT_MONITOR_MS : settings.monitorNs / 1e6;
  return tell('monitor', delayEndsAtMs + monitorMs);
}

/** Some new task does not run yet: for which step of it the update waits. */
function startOf(
  { snapshot, swarm, service, nowMs }: Update,
  coming: readonly SwarmTask[],
  old: readonly SwarmTask[],
  tell: (reason: Waiting['reason'], endsAtMs: number | null) => Waiting,
): Waiting {
  const held = coming.filter((task) => task.desiredState === 'ready');
  // With stop-first, its place is taken until the old task has ended.
  const leaving = old.filter((task) => task.desiredState === 'shutdown' && task.state === 'running');
  if (held.some((task) => leaving.some((before) => isSamePlace(before, task)))) {
    return tell('stop', null);
  }
  const failures = held.flatMap((task) => lastFailure(swarm, task) ?? []);
  if (failures.length > 0) {
    return tell('restart', Math.max(...failures.map((task) => task.stateAtMs)) + DEFAULT_RESTART_DELAY_MS);
  }
  const probed = coming.filter((task) => containerOf(snapshot, task)?.health === 'starting');
  if (probed.length === 0) return tell('start', null);
  // The first probe comes one interval after the start; whether it is a good one nobody knows.
  const { intervalNs = null, startIntervalNs = null } = service.spec.healthcheck ?? {};
  const intervalMs = (startIntervalNs ?? intervalNs ?? 0) / 1e6;
  const probeAtMs = Math.max(...probed.map((task) => task.stateAtMs)) + intervalMs;
  return tell('health', probeAtMs > nowMs ? probeAtMs : null);
}

/** Wanted tasks after the new spec, and the others that still live. */
function tasksByAge({ swarm, service, state }: Update): {
  fresh: readonly SwarmTask[];
  old: readonly SwarmTask[];
} {
  const alive = swarm.tasks.filter((task) => task.serviceId === service.id && !ENDED.has(task.state));
  const wanted = alive.filter((task) => task.desiredState === 'running' || task.desiredState === 'ready');
  const followsSpec = (task: SwarmTask): boolean => looksLike(task, service);
  // A change that tasks do not show (limits, a forced update) is told by their age alone.
  const isVisible = state === 'rollback_started' || !alive.every(followsSpec);
  const isFresh = (task: SwarmTask): boolean =>
    isVisible ? followsSpec(task) : task.createdAtMs >= startedAt(service);
  const fresh = wanted.filter(isFresh);
  return { fresh, old: alive.filter((task) => !fresh.includes(task)) };
}

const ENDED = new Set(['complete', 'shutdown', 'failed', 'rejected', 'remove', 'orphaned']);

function looksLike(task: SwarmTask, { spec }: SwarmService): boolean {
  return (
    task.image === spec.image &&
    JSON.stringify(task.env) === JSON.stringify(spec.env) &&
    JSON.stringify(task.healthcheck) === JSON.stringify(spec.healthcheck)
  );
}

function startedAt({ updateStatus }: SwarmService): number {
  return updateStatus?.startedAtMs ?? 0;
}

/** Replicas, or one per node that has or is to get a task of a global service. */
function totalOf({ swarm, service }: Update): number {
  const { mode } = service.spec;
  if (mode.type === 'replicated') return mode.replicas;
  const nodes = swarm.tasks
    .filter((task) => task.serviceId === service.id && /^(running|ready)$/.test(task.desiredState))
    .map((task) => task.nodeId);
  return new Set(nodes).size;
}

function isSamePlace(one: SwarmTask, other: SwarmTask): boolean {
  return one.slot === null ? one.nodeId === other.nodeId : one.slot === other.slot;
}

/** The failed task that this one replaces; `null` when its place was not left by a failure. */
function lastFailure(swarm: SwarmView, task: SwarmTask): SwarmTask | null {
  const before = swarm.tasks
    .filter((other) => other.id !== task.id && other.serviceId === task.serviceId && isSamePlace(other, task))
    .sort((one, other) => other.createdAtMs - one.createdAtMs)[0];
  return before !== undefined && /^(failed|rejected|complete)$/.test(before.state) ? before : null;
}

function containerOf(snapshot: LabSnapshot, task: SwarmTask): ContainerView | undefined {
  return snapshot.labNodes
    .flatMap((node) => node.containers)
    .find((container) => container.taskId === task.id);
}
