import type { CheckContext, CheckResult } from '#contract/check.ts';
import type { SwarmService } from '#contract/swarm-snapshot.ts';
import { sameImage } from '#kit/image-ref.ts';
import { ROLLBACK_MESSAGES, type RollbackMessage, rolledBack } from '#kit/proven.ts';
import { failed, passedAt, pending } from '#kit/results.ts';
import { type Rollback, type Rollout, rollbacksOf, rolloutsOf } from '#kit/rollouts.ts';
import { askedByStack } from './recorded.ts';
import type { NumbersStack } from './stack.ts';
import { apiImage } from './version.ts';

export const V3 = apiImage('v3');
export const V5 = apiImage('v5');

/** The newest update of the API to v5 since the exercise began. */
export function updateToV5({ history, start }: CheckContext, api: SwarmService): Rollout | null {
  const updates = rolloutsOf(history, api.id).filter(({ seq }) => seq > start.seq);
  return updates.findLast(({ toImage }) => sameImage(toImage, V5)) ?? null;
}

/** How the swarm took the API from v5 back to v3 by itself since the exercise began; the newest time. */
export function autoRollback({ history, start }: CheckContext, api: SwarmService): Rollback | null {
  const rollbacks = rollbacksOf(history, api.id).filter(({ seq }) => seq > start.seq);
  const fits = ({ askedBy, state, fromImage, toImage }: Rollback): boolean =>
    askedBy === 'engine' && state === 'completed' && sameImage(fromImage, V5) && sameImage(toImage, V3);
  return rollbacks.findLast(fits) ?? null;
}

/** Messages that {@link v5Deployed} may give. */
export const V5_DEPLOYED_MESSAGES = ['v5-not-deployed', 'v5-by-hand'] as const;

/** The stack was deployed with v5 since the exercise began. */
export function v5Deployed(
  context: CheckContext,
  { api }: NumbersStack,
): CheckResult<(typeof V5_DEPLOYED_MESSAGES)[number]> {
  const update = updateToV5(context, api);
  if (update === null) return failed('v5-not-deployed', { image: V5 });
  return askedByStack(context.history, api.id, V5)
    ? passedAt(update.startedAtMs)
    : failed('v5-by-hand', { service: api.name });
}

/** Messages that {@link v5RolledBack} may give. */
export const V5_ROLLED_BACK_MESSAGES = [
  ...ROLLBACK_MESSAGES,
  'rollback-not-yet',
  'v5-completed',
  'v5-paused',
  'v5-superseded',
] as const;
type V5RolledBackMessage = (typeof V5_ROLLED_BACK_MESSAGES)[number];

/** The swarm itself went from v5 back to v3, to the end. */
export function v5RolledBack(context: CheckContext, { api }: NumbersStack): CheckResult<V5RolledBackMessage> {
  const result: CheckResult<RollbackMessage> = rolledBack(context, api, {
    askedBy: 'engine',
    from: V5,
    to: V3,
  });
  if (result.verdict === 'passed' || result.message !== 'rollback-missing') return result;
  const values = { service: api.name, image: V5 };
  switch (updateToV5(context, api)?.outcome) {
    case 'updating':
      return pending('rollback-not-yet', values);
    case 'completed':
      return failed('v5-completed', values);
    case 'paused':
      return failed('v5-paused', values);
    case 'superseded':
      return failed('v5-superseded', values);
    default:
      return result;
  }
}
