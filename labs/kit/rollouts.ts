import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { UpdateConfig } from '#contract/swarm-snapshot.ts';
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

interface KnownSpec {
  readonly image: string;
  readonly updateConfig: UpdateConfig | null;
  readonly rollbackConfig: UpdateConfig | null;
}

interface Phase {
  readonly kind: 'update' | 'rollback';
  readonly seq: number;
  readonly startedAtMs: number;
  /** Update state before it. */
  readonly fromState: string | null;
  message: string;
  endedAtMs: number | null;
  /** The state that ended it; `null` while it lasts. */
  endState: string | null;
  /** Spec before it began, and the one that it worked towards. */
  before: KnownSpec | null;
  during: KnownSpec | null;
  /** Image that it began with; `null` until its spec shows. */
  image: string | null;
}

/**
 * Updates and rollbacks in their order. Within one look the state is written down before the spec that came with it,
 * and a deployment may show its spec one look before its state: so a phase's spec is the last one known before its
 * end, and the spec before it the one that the earlier phase worked towards. An update that another image interrupts
 * stays `updating`: only the second spec tells that one ended and another began.
 */
function phasesOf(history: readonly HistoryEntry[], serviceId: string): Phase[] {
  const phases: Phase[] = [];
  const underWay = (): Phase | undefined => phases.findLast((phase) => phase.endState === null);
  let spec: KnownSpec | null = null;
  /** The spec when the last phase ended, or the first one of all. */
  let settled: KnownSpec | null = null;
  const close = (state: string | null, atMs: number): void => {
    const phase = underWay();
    if (phase === undefined) return;
    phase.endState = state ?? 'erased';
    phase.endedAtMs = atMs;
    phase.during = spec;
    settled = spec;
  };
  const open = (
    kind: Phase['kind'],
    begin: Pick<Phase, 'seq' | 'startedAtMs' | 'fromState' | 'message'>,
  ): void => {
    const image = spec === null || spec.image === settled?.image ? null : spec.image;
    phases.push({ kind, ...begin, endedAtMs: null, endState: null, before: settled, during: spec, image });
  };
  for (const entry of serviceEntries(history, serviceId)) {
    if (entry.type === 'service-created') {
      spec = knownSpec(entry.image, entry);
      settled ??= spec;
    } else if (entry.type === 'spec-changed') {
      spec ??= knownSpec(entry.image.old, NO_SETTINGS);
      settled ??= spec;
      const next = knownSpec(entry.image.new, entry);
      const phase = underWay();
      const isInterrupted = phase?.kind === 'update' && phase.image !== null && phase.image !== next.image;
      if (isInterrupted) close(null, entry.atMs);
      spec = next;
      const { seq, atMs: startedAtMs } = entry;
      if (isInterrupted) open('update', { seq, startedAtMs, fromState: 'updating', message: '' });
      else if (phase !== undefined) phase.image ??= next.image;
    } else if (entry.old === entry.new) {
      const phase = underWay();
      if (phase?.message === '') phase.message = entry.message;
    } else {
      close(entry.new, entry.atMs);
      if (entry.new !== 'updating' && entry.new !== 'rollback_started') continue;
      const { seq, atMs: startedAtMs, old: fromState, message } = entry;
      open(entry.new === 'updating' ? 'update' : 'rollback', { seq, startedAtMs, fromState, message });
    }
  }
  const last = underWay();
  if (last !== undefined) last.during = spec;
  return phases;
}

type ServiceEntry = Extract<HistoryEntry, { type: 'service-created' | 'spec-changed' | 'update-state' }>;

function serviceEntries(history: readonly HistoryEntry[], serviceId: string): ServiceEntry[] {
  return history.filter(
    (entry): entry is ServiceEntry =>
      (entry.type === 'service-created' || entry.type === 'spec-changed' || entry.type === 'update-state') &&
      entry.service.id === serviceId,
  );
}

const NO_SETTINGS = { updateConfig: null, rollbackConfig: null };

function knownSpec(image: string, settings: Omit<KnownSpec, 'image'>): KnownSpec {
  const { updateConfig, rollbackConfig } = settings;
  return { image: imageRef(image), updateConfig, rollbackConfig };
}

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
