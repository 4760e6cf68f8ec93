import type { HistoryEntry, ServiceRef } from './swarm-history.ts';
import type { UpdateConfig } from './swarm-snapshot.ts';
import { type Phase, phasesOf } from './update-phases.ts';

/**
 * How a rollout stands. `rolled-back`: it failed, or somebody asked for it, and the way back is complete.
 * `rollback-paused`: the way back failed as well. `superseded`: another deployment came before it was over.
 */
export const ROLLOUT_OUTCOMES = [
  'updating',
  'rolling-back',
  'completed',
  'paused',
  'rolled-back',
  'rollback-paused',
  'superseded',
] as const;
export type RolloutOutcome = (typeof ROLLOUT_OUTCOMES)[number];

/** One update of a service with the way back that it led to, or a way back that was asked for by hand. */
export interface Rollout {
  readonly service: ServiceRef;
  /** Sequence number of its first entry: names it within a generation. */
  readonly seq: number;
  readonly startedAtMs: number;
  /** `null` while it is under way. */
  readonly endedAtMs: number | null;
  readonly outcome: RolloutOutcome;
  readonly fromImage: string | null;
  readonly toImage: string;
  /** Settings in the spec that the update followed. */
  readonly updateConfig: UpdateConfig | null;
  /** Settings that a way back obeys: those in the spec that it leads to. */
  readonly rollbackConfig: UpdateConfig | null;
}

/** Rollouts of all services, oldest first. Pure. */
export function rolloutsIn(history: readonly HistoryEntry[]): Rollout[] {
  return [...servicesIn(history).values()]
    .flatMap((service) => rolloutsOfService(history, service))
    .sort((one, other) => one.seq - other.seq);
}

/** Every service that the history names, in the order in which it does. */
export function servicesIn(history: readonly HistoryEntry[]): Map<string, ServiceRef> {
  const services = new Map<string, ServiceRef>();
  for (const entry of history) if ('service' in entry) services.set(entry.service.id, entry.service);
  return services;
}

function rolloutsOfService(history: readonly HistoryEntry[], service: ServiceRef): Rollout[] {
  const phases = phasesOf(history, service.id);
  const removed = history.find(
    (entry) => entry.type === 'service-removed' && entry.service.id === service.id,
  );
  return phases.flatMap((phase, index) => {
    const before = phases[index - 1];
    if (isWayBackOf(phase, before)) return [];
    const next = phases[index + 1];
    const rollout = rolloutOf(service, phase, next !== undefined && isWayBackOf(next, phase) ? next : null);
    return [rollout.endedAtMs === null && removed !== undefined ? cutShort(rollout, removed.atMs) : rollout];
  });
}

function cutShort(rollout: Rollout, atMs: number): Rollout {
  return { ...rollout, endedAtMs: atMs, outcome: 'superseded' };
}

/** The engine turns an update round; by hand only an update that is over can be undone. */
function isWayBackOf(phase: Phase, before: Phase | undefined): boolean {
  return phase.kind === 'rollback' && before?.kind === 'update' && before.endState === 'rollback_started';
}

function rolloutOf(service: ServiceRef, phase: Phase, wayBack: Phase | null): Rollout {
  const last = wayBack ?? phase;
  return {
    service,
    seq: phase.seq,
    startedAtMs: phase.startedAtMs,
    endedAtMs: last.endedAtMs,
    outcome:
      OUTCOMES[last.endState ?? (last.kind === 'update' ? 'updating' : 'rollback_started')] ?? 'superseded',
    fromImage: phase.before?.image ?? null,
    toImage: phase.during?.image ?? '',
    updateConfig: phase.during?.updateConfig ?? null,
    rollbackConfig: (phase.kind === 'update' ? phase.before : phase.during)?.rollbackConfig ?? null,
  };
}

const OUTCOMES: Readonly<Record<string, RolloutOutcome>> = {
  updating: 'updating',
  rollback_started: 'rolling-back',
  completed: 'completed',
  paused: 'paused',
  rollback_completed: 'rolled-back',
  rollback_paused: 'rollback-paused',
};

/** An entry of another service tells nothing about this one; those about nodes and requests concern all. */
function concerns(entry: HistoryEntry, serviceId: string): boolean {
  return !('service' in entry) || entry.service.id === serviceId;
}

/** More than a rollout of the course makes; what comes beyond is left out, the oldest details first. */
export const SLICE_LIMIT = 1_500;

/**
 * What is kept of a history to show one rollout: all from its start to `untilMs`, and of the time before what shows
 * how things stood when it began.
 */
export function sliceOf(history: readonly HistoryEntry[], rollout: Rollout, untilMs: number): HistoryEntry[] {
  const own = history.filter((entry) => concerns(entry, rollout.service.id));
  const during = own.filter((entry) => entry.seq >= rollout.seq && entry.atMs <= untilMs);
  const before = standing(own.filter((entry) => entry.seq < rollout.seq));
  return [...before, ...during.slice(-(SLICE_LIMIT - before.length))];
}

const MAX_STANDING = 300;
const ENDED = /^(complete|shutdown|failed|rejected|remove|orphaned)$/;

/** The newest word on each thing that may still be there. */
function standing(history: readonly HistoryEntry[]): HistoryEntry[] {
  const newest = new Map<string, HistoryEntry>();
  for (const entry of history) {
    const key = subjectOf(entry);
    if (key === null) continue;
    newest.delete(key);
    if (entry.type !== 'task-state' || !ENDED.test(entry.new)) newest.set(key, entry);
  }
  return [...newest.values()].sort((one, other) => one.seq - other.seq).slice(-MAX_STANDING);
}

function subjectOf(entry: HistoryEntry): string | null {
  switch (entry.type) {
    case 'task-state':
      return `task ${entry.taskId}`;
    case 'capacity':
    case 'service-created':
    case 'update-state':
      return entry.type;
    case 'spec-changed':
      return 'spec';
    case 'node-changed':
      return `node ${entry.node}`;
    case 'control':
    case 'power':
      return `${entry.type} ${entry.labNode}`;
    default:
      return null;
  }
}
