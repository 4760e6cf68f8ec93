import { imageRef } from './image-ref.ts';
import type { HistoryEntry } from './swarm-history.ts';
import type { UpdateConfig } from './swarm-snapshot.ts';

export interface KnownSpec {
  readonly image: string;
  readonly updateConfig: UpdateConfig | null;
  readonly rollbackConfig: UpdateConfig | null;
}

/** One update or one way back of a service, as its states and specs tell. */
export interface Phase {
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
export function phasesOf(history: readonly HistoryEntry[], serviceId: string): Phase[] {
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
