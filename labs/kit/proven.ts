import type { CheckContext, CheckResult } from '#contract/check.ts';
import type { SwarmService } from '#contract/swarm-snapshot.ts';
import { entriesOf, minRunning } from './history.ts';
import { imageRef } from './image-ref.ts';
import { failed, passed, passedAt, passedBecause, pending } from './results.ts';
import { lastRolloutTo, type Rollback, type Rollout, rollbacksOf } from './rollouts.ts';
import { type WantedSettings, wrongSetting } from './update-settings.ts';

/** Checks that rest on what happened, each with the words for it. */

/** Messages that {@link rolledOutUnder} may give. */
export const ROLLOUT_MESSAGES = [
  'rollout-missing',
  'rollout-in-progress',
  'rollout-paused',
  'rollout-rolled-back',
  'rollout-superseded',
  'rollout-settings-late',
  'rollout-settings-wrong',
] as const;
export type RolloutMessage = (typeof ROLLOUT_MESSAGES)[number];

/** The newest update to this image was completed under these settings: they stood in the spec before its end. */
export function rolledOutUnder(
  { history }: CheckContext,
  service: SwarmService,
  image: string,
  wanted: WantedSettings,
): CheckResult<RolloutMessage> {
  const rollout = lastRolloutTo(history, service.id, image);
  const values = { service: service.name, image: imageRef(image) };
  if (rollout === null) return failed('rollout-missing', values);
  const seen = rolloutSeen(rollout);
  if (rollout.outcome === 'updating') return pending('rollout-in-progress', values, seen);
  if (rollout.outcome !== 'completed') return failed(UNFINISHED[rollout.outcome], values, seen);
  const wrong = wrongSetting(rollout.updateConfig, wanted);
  if (wrong === null) return passedAt(rollout.endedAtMs ?? rollout.startedAtMs, seen);
  const isLate = wrongSetting(service.spec.updateConfig, wanted) === null;
  return failed(isLate ? 'rollout-settings-late' : 'rollout-settings-wrong', { ...values, ...wrong }, seen);
}

const UNFINISHED = {
  paused: 'rollout-paused',
  'rolled-back': 'rollout-rolled-back',
  superseded: 'rollout-superseded',
} as const;

function rolloutSeen({ startedAtMs, endedAtMs, outcome, fromImage, toImage, updateConfig }: Rollout) {
  return {
    fromImage,
    toImage,
    outcome,
    durationMs: endedAtMs === null ? null : endedAtMs - startedAtMs,
    updateConfig: updateConfig === null ? null : { ...updateConfig },
  };
}

/** Messages that {@link rolledBack} may give. */
export const ROLLBACK_MESSAGES = [
  'rollback-missing',
  'rollback-by-hand',
  'rollback-by-engine',
  'rollback-empty',
  'rollback-running',
  'rollback-stuck',
] as const;
export type RollbackMessage = (typeof ROLLBACK_MESSAGES)[number];

/** Of the rollbacks since the exercise began, the newest that fits, or what the newest one lacks. */
export function rolledBack(
  { history, start }: CheckContext,
  service: SwarmService,
  wanted: { readonly askedBy: Rollback['askedBy']; readonly from: string; readonly to: string },
): CheckResult<RollbackMessage> {
  const rollbacks = rollbacksOf(history, service.id).filter((rollback) => rollback.seq > start.seq);
  const fits = (rollback: Rollback): boolean =>
    rollback.askedBy === wanted.askedBy &&
    rollback.state === 'completed' &&
    rollback.fromImage === imageRef(wanted.from) &&
    rollback.toImage === imageRef(wanted.to);
  const found = rollbacks.findLast(fits);
  const values = { service: service.name, from: imageRef(wanted.from), to: imageRef(wanted.to) };
  if (found !== undefined) {
    return passedAt(found.completedAtMs ?? found.startedAtMs, rollbackSeen(found));
  }
  const last = rollbacks.at(-1);
  if (last === undefined) return failed('rollback-missing', values);
  const seen = rollbackSeen(last);
  if (last.state === 'rolling-back') return pending('rollback-running', values, seen);
  if (last.state === 'paused') return failed('rollback-stuck', values, seen);
  if (last.askedBy === 'hand' && last.fromImage === last.toImage)
    return failed('rollback-empty', values, seen);
  if (last.askedBy !== wanted.askedBy) {
    return failed(last.askedBy === 'hand' ? 'rollback-by-hand' : 'rollback-by-engine', values, seen);
  }
  return failed('rollback-missing', values, seen);
}

function rollbackSeen({ askedBy, state, fromImage, toImage, durationMs, rollbackConfig }: Rollback) {
  const config = rollbackConfig === null ? null : { ...rollbackConfig };
  return { askedBy, state, fromImage, toImage, durationMs, rollbackConfig: config };
}

/** Messages that {@link capacityHeld} may give. */
export const CAPACITY_MESSAGES = ['capacity-fell', 'capacity-unknown', 'capacity-held'] as const;
export type CapacityMessage = (typeof CAPACITY_MESSAGES)[number];

/** Never fewer than this many tasks of the service ran between two moments; the evidence is told when met. */
export function capacityHeld(
  { history }: CheckContext,
  service: Pick<SwarmService, 'id' | 'name'>,
  expected: number,
  between: { readonly fromMs: number; readonly toMs: number },
): CheckResult<CapacityMessage> {
  const fewest = minRunning(history, service.id, between);
  const values = { service: service.name, n: fewest ?? 0, expected };
  if (fewest === null) return failed('capacity-unknown', values);
  if (fewest < expected) return failed('capacity-fell', values, { fewest });
  return passedBecause('capacity-held', values, { seen: { fewest }, provenAtMs: between.toMs });
}

/**
 * When this many tasks of an image first ran, and nothing else of the service beside them: the version was really out
 * before the next one came. `null` when it never got so far.
 */
export function ranFullyAt(
  { history }: CheckContext,
  serviceId: string,
  image: string,
  replicas: number,
): number | null {
  const entry = entriesOf(history, 'capacity', serviceId).find(({ running, byImage }) => {
    const ofImage = Object.entries(byImage)
      .filter(([name]) => imageRef(name) === imageRef(image))
      .reduce((sum, [, count]) => sum + count, 0);
    return ofImage >= replicas && ofImage === running;
  });
  return entry?.atMs ?? null;
}

/** When `docker service update --force` (or a Compose file's like) last restarted a service's tasks since the exercise began. */
export function forcedAt({ history, start }: CheckContext, serviceId: string): number | null {
  const entry = entriesOf(history, 'spec-changed', serviceId).findLast(
    ({ seq, changed }) => seq > start.seq && changed.includes('forceUpdate'),
  );
  return entry?.atMs ?? null;
}

/** Messages that {@link updatedInPlace} may give. */
export const IN_PLACE_MESSAGES = ['service-recreated'] as const;

/** The service is the one that was there when the exercise began, not one removed and made again. */
export function updatedInPlace(
  { start }: CheckContext,
  service: SwarmService,
): CheckResult<'service-recreated'> {
  const before = start.serviceIds[service.name];
  if (before === undefined || before === service.id) return passed({ id: service.id });
  return failed('service-recreated', { service: service.name }, { before, now: service.id });
}
