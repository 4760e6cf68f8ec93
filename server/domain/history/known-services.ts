import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { ServiceSpec, SwarmService } from '#contract/swarm-snapshot.ts';

/** What was last written down about a service: the point from which the next look sees differences. */
export interface KnownService {
  readonly id: string;
  readonly name: string;
  /** `null` when it is known from an earlier run of the server only. */
  readonly clusterId: string | null;
  /** The spec that was compared last; `null` likewise. */
  readonly spec: ServiceSpec | null;
  readonly image: string;
  readonly replicas: number | null;
  readonly updateState: string | null;
  readonly updateMessage: string;
}

export function knownFromService(service: SwarmService, clusterId: string): KnownService {
  const { spec, updateStatus } = service;
  return {
    id: service.id,
    name: service.name,
    clusterId,
    spec,
    image: spec.image,
    replicas: spec.mode.type === 'replicated' ? spec.mode.replicas : null,
    updateState: updateStatus?.state ?? null,
    updateMessage: updateStatus?.message ?? '',
  };
}

const NOTHING_YET = { clusterId: null, spec: null, updateState: null, updateMessage: '' };

/** Rebuilt from what was kept, so that a restart of the server neither repeats nor loses a change. */
export function knownFromHistory(history: readonly HistoryEntry[]): Map<string, KnownService> {
  const known = new Map<string, KnownService>();
  for (const entry of history) {
    if (entry.type === 'service-created') {
      known.set(entry.service.id, {
        ...NOTHING_YET,
        ...entry.service,
        image: entry.image,
        replicas: entry.replicas ?? null,
      });
      continue;
    }
    if (entry.type === 'service-removed') known.delete(entry.service.id);
    const before = 'service' in entry ? known.get(entry.service.id) : undefined;
    if (before === undefined) continue;
    if (entry.type === 'spec-changed') {
      known.set(before.id, { ...before, image: entry.image.new, replicas: entry.replicas.new });
    }
    if (entry.type === 'update-state') {
      known.set(before.id, { ...before, updateState: entry.new, updateMessage: entry.message });
    }
  }
  return known;
}
