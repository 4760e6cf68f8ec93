import type { CheckContext } from '#contract/check.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import { entriesOf } from '#kit/history.ts';
import { imageRef } from '#kit/image-ref.ts';
import { labNode, swarmOf } from '#kit/lab-nodes.ts';
import { NUMBERS } from '#kit/numbers-app.ts';
import { serviceByName } from '#kit/services.ts';

/** Each of these lab nodes is a region with a swarm of its own. */
export const REGIONS = ['node1', 'node2'] as const;
/** The lab node before both. */
export const FRONT_NODE = 'node3';

/** What is known of the application in a region: told by its swarm, or remembered since it fell silent. */
export interface RegionStack {
  readonly isRemembered: boolean;
  /** Differs from one swarm to the next, while the name may be the same in all. */
  readonly apiId: string;
  readonly images: { readonly api: string; readonly web: string };
  /** Most replicas of the API that ran at once. */
  readonly replicas: number;
}

export function regionStack({ snapshot, history }: CheckContext, name: string): RegionStack | null {
  const swarm = swarmOf(snapshot, name);
  if (swarm !== null) return toldBy(swarm);
  return labNode(snapshot, name)?.answers ? null : rememberedOf(history, name);
}

function toldBy(swarm: SwarmView): RegionStack | null {
  const api = serviceByName(swarm, NUMBERS.api);
  const web = serviceByName(swarm, NUMBERS.web);
  if (api === null || web === null) return null;
  const replicas = api.spec.mode.type === 'replicated' ? api.spec.mode.replicas : 0;
  const images = { api: imageRef(api.spec.image), web: imageRef(web.spec.image) };
  return { isRemembered: false, apiId: api.id, images, replicas };
}

type TaskEntry = Extract<HistoryEntry, { type: 'task-state' }>;

function rememberedOf(history: readonly HistoryEntry[], name: string): RegionStack | null {
  const ran = history.filter(
    (entry): entry is TaskEntry =>
      entry.type === 'task-state' && entry.node === name && entry.new === 'running',
  );
  const api = ran.findLast((entry) => entry.service.name === NUMBERS.api);
  const web = ran.findLast((entry) => entry.service.name === NUMBERS.web);
  if (api === undefined || web === undefined) return null;
  const capacity = entriesOf(history, 'capacity', api.service.id).map((entry) => entry.running);
  return {
    isRemembered: true,
    apiId: api.service.id,
    images: { api: imageRef(api.image), web: imageRef(web.image) },
    replicas: Math.max(0, ...capacity),
  };
}

const FRONT_IMAGE = 'numbers-front:v1';

export function frontService(swarm: SwarmView): SwarmService | null {
  return swarm.services.find((service) => imageRef(service.spec.image) === FRONT_IMAGE) ?? null;
}

/** `TARGET` of an environment, without a port. */
export function targetOf(env: readonly string[]): string | null {
  const value = env.find((entry) => entry.startsWith('TARGET='))?.slice('TARGET='.length);
  return value === undefined || value === '' ? null : (value.split(':')[0] ?? null);
}

/** The region that a front door's target means, by name; other targets mean none. */
export function isRegion(target: string | null): target is (typeof REGIONS)[number] {
  return REGIONS.some((region) => region === target);
}

/** When the region was last put out of action, by whichever switch, and stayed so; `null` while it is on. */
export function cutSince(
  history: readonly HistoryEntry[],
  name: string,
): { seq: number; atMs: number } | null {
  const last = history.findLast((entry) => entry.type === 'power' && entry.labNode === name);
  return last?.type === 'power' && !last.on ? { seq: last.seq, atMs: last.atMs } : null;
}
