import type { KeptRollout } from '#contract/api.ts';
import { type Rollout, rolloutsIn, servicesIn } from '#contract/rollouts.ts';
import type { HistoryEntry, ServiceRef } from '#contract/swarm-history.ts';

/** What the chooser offers: a rollout of this generation, one that was kept, or the last minutes as they are. */
export type Choice =
  | { readonly kind: 'own'; readonly key: string; readonly rollout: Rollout }
  | { readonly kind: 'kept'; readonly key: string; readonly rollout: KeptRollout }
  | { readonly kind: 'recent'; readonly key: 'recent' };

export const RECENT: Choice = { kind: 'recent', key: 'recent' };
export const RECENT_MS = 180_000;

/** Deployments of a stack begin within moments of each other. */
const TOGETHER_MS = 5_000;

export interface LabStory {
  /** Services that are there, and those that rollouts are known of. */
  readonly services: readonly ServiceRef[];
  readonly rollouts: readonly Rollout[];
  /** The one that a visitor most likely came for. */
  readonly mainServiceId: string | null;
}

/** What the history of this generation offers to look at. */
export function storyOf(entries: readonly HistoryEntry[]): LabStory {
  const all = servicesIn(entries);
  const removed = new Set(
    entries.flatMap((entry) => (entry.type === 'service-removed' ? [entry.service.id] : [])),
  );
  const rollouts = rolloutsIn(entries);
  const withRollouts = new Set(rollouts.map(({ service }) => service.id));
  const services = [...all.values()].filter(({ id }) => !removed.has(id) || withRollouts.has(id));
  return { services, rollouts, mainServiceId: mainService(entries, services, rollouts) };
}

/** Of the services that were deployed last, the one with the most replicas. */
function mainService(
  entries: readonly HistoryEntry[],
  services: readonly ServiceRef[],
  rollouts: readonly Rollout[],
): string | null {
  const newestMs = rollouts.at(-1)?.startedAtMs;
  const candidates =
    newestMs === undefined
      ? services.map(({ id }) => id)
      : rollouts
          .filter(({ startedAtMs }) => newestMs - startedAtMs <= TOGETHER_MS)
          .map(({ service }) => service.id);
  const replicas = new Map<string, number>();
  for (const entry of entries) if (entry.type === 'capacity') replicas.set(entry.service.id, entry.desired);
  return (
    [...candidates].sort((one, other) => (replicas.get(other) ?? 0) - (replicas.get(one) ?? 0))[0] ?? null
  );
}

/** Newest first: what is under way, this generation's, those of before, and always the last minutes. */
export function choicesOf(
  story: LabStory,
  { id: serviceId, name }: ServiceRef,
  kept: readonly KeptRollout[],
  here: { readonly labSession: string; readonly generation: number },
): Choice[] {
  const own = story.rollouts
    .filter(({ service }) => service.id === serviceId)
    .map((rollout): Choice => ({ kind: 'own', key: `own-${rollout.seq}`, rollout }));
  const before = kept
    .filter(({ service }) => service.name === name)
    .filter(({ labSession, generation }) => labSession !== here.labSession || generation !== here.generation)
    .map((rollout): Choice => ({ kind: 'kept', key: `kept-${rollout.id}`, rollout }));
  const isHere = story.services.some((service) => service.name === name);
  return [...own.reverse(), ...(isHere ? [RECENT] : []), ...before];
}

/** The rollout within which this moment lies, or the last one before it. */
export function choiceAt(choices: readonly Choice[], atMs: number): Choice | null {
  const rollouts = choices.flatMap((choice) => (choice.kind === 'own' ? [choice] : []));
  return rollouts.find(({ rollout }) => rollout.startedAtMs - TOGETHER_MS <= atMs) ?? null;
}
