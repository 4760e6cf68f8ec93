import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { UpdateConfig } from '#contract/swarm-snapshot.ts';
import { type Phase, phasesOf } from '#contract/update-phases.ts';
import { entriesOf } from './history.ts';
import { imageRef } from './image-ref.ts';

/** One update of a service, from the deployment that began it to its end. */
export interface Rollout {
  readonly serviceId: string;
  /** Sequence number of its first entry: compare with `start.seq`. */
  readonly seq: number;
  readonly startedAtMs: number;
  /** `null` while it is under way. */
  readonly endedAtMs: number | null;
  /** `superseded`: another deployment came before it was over. */
  readonly outcome: 'updating' | 'completed' | 'paused' | 'rolled-back' | 'superseded';
  readonly fromImage: string | null;
  readonly toImage: string;
  /** Settings in the spec that this update followed, which is the new one: those in force until its end. */
  readonly updateConfig: UpdateConfig | null;
  readonly rollbackConfig: UpdateConfig | null;
}

/** One way back of a service to its earlier spec. */
export interface Rollback {
  readonly serviceId: string;
  readonly seq: number;
  /** `engine`: an update failed. `hand`: somebody typed `docker service rollback`. */
  readonly askedBy: 'engine' | 'hand';
  readonly startedAtMs: number;
  /** `null` when it did not get to its end. */
  readonly completedAtMs: number | null;
  readonly durationMs: number | null;
  readonly state: 'rolling-back' | 'completed' | 'paused' | 'superseded';
  /** Image that was left. */
  readonly fromImage: string;
  /** Image that was gone back to; the same one where there was nothing to go back to. */
  readonly toImage: string;
  /** Rollback settings in force: those of the spec that was gone back to. */
  readonly rollbackConfig: UpdateConfig | null;
}

/** A service's updates, oldest first. A deployment that changes no task makes none. */
export function rolloutsOf(history: readonly HistoryEntry[], serviceId: string): Rollout[] {
  return phasesOf(history, serviceId)
    .filter((phase) => phase.kind === 'update')
    .map((phase) => ({
      serviceId,
      seq: phase.seq,
      startedAtMs: phase.startedAtMs,
      endedAtMs: phase.endedAtMs,
      outcome: OUTCOMES[phase.endState ?? 'updating'] ?? 'superseded',
      fromImage: phase.before?.image ?? null,
      toImage: phase.during?.image ?? '',
      updateConfig: phase.during?.updateConfig ?? null,
      rollbackConfig: phase.during?.rollbackConfig ?? null,
    }));
}

/** The newest update to this image; `null` when there was none. */
export function lastRolloutTo(
  history: readonly HistoryEntry[],
  serviceId: string,
  image: string,
): Rollout | null {
  return rolloutsOf(history, serviceId).findLast((rollout) => rollout.toImage === imageRef(image)) ?? null;
}

/** A service's rollbacks, oldest first. */
export function rollbacksOf(history: readonly HistoryEntry[], serviceId: string): Rollback[] {
  return phasesOf(history, serviceId)
    .filter((phase) => phase.kind === 'rollback')
    .map((phase) => {
      const completedAtMs = phase.endState === 'rollback_completed' ? phase.endedAtMs : null;
      return {
        serviceId,
        seq: phase.seq,
        askedBy: askedBy(phase, history, serviceId),
        startedAtMs: phase.startedAtMs,
        completedAtMs,
        durationMs: completedAtMs === null ? null : completedAtMs - phase.startedAtMs,
        state: ROLLBACK_STATES[phase.endState ?? 'rollback_started'] ?? 'superseded',
        fromImage: phase.before?.image ?? '',
        toImage: phase.during?.image ?? '',
        rollbackConfig: phase.during?.rollbackConfig ?? null,
      };
    });
}

const OUTCOMES: Readonly<Record<string, Rollout['outcome']>> = {
  updating: 'updating',
  completed: 'completed',
  paused: 'paused',
  rollback_started: 'rolled-back',
};
const ROLLBACK_STATES: Readonly<Record<string, Rollback['state']>> = {
  rollback_started: 'rolling-back',
  rollback_completed: 'completed',
  rollback_paused: 'paused',
};

/** The status says so; where nobody looked in time, what came before tells. */
function askedBy(phase: Phase, history: readonly HistoryEntry[], serviceId: string): Rollback['askedBy'] {
  if (/manually requested/.test(phase.message)) return 'hand';
  if (/due to failure/.test(phase.message)) return 'engine';
  if (phase.fromState !== 'updating') return 'hand';
  const from = phase.before?.image;
  const failure = entriesOf(history, 'task-state', serviceId).some(
    (entry) => /^(failed|rejected)$/.test(entry.new) && imageRef(entry.image) === from,
  );
  return failure ? 'engine' : 'hand';
}
