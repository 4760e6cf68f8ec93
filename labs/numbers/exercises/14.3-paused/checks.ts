import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import { questionCheck, quizCheck, stateCheck } from '#kit/define-check.ts';
import { HEALTHY_MESSAGES, type HealthyMessage, replicasHealthy } from '#kit/health.ts';
import { sameImage } from '#kit/image-ref.ts';
import { failed, firstProblem, passedAt, passedBecause, pending } from '#kit/results.ts';
import { type Rollout, rolloutsOf } from '#kit/rollouts.ts';
import { liveTasks } from '#kit/tasks.ts';
import { SETTLED_MESSAGES, type SettledMessage, settled } from '#kit/update-progress.ts';
import { V3, V5 } from '../../broken-v5.ts';
import {
  API_REPLICAS,
  NUMBERS_STACK_MESSAGES,
  type NumbersStack,
  stackDeployed,
  withStack,
} from '../../stack.ts';

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: NUMBERS_STACK_MESSAGES, evaluate: stackDeployed }),
  stateCheck('paused', {
    messages: [...NUMBERS_STACK_MESSAGES, 'v5-not-deployed', 'not-paused-yet', 'not-paused'],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, (stack) => paused(context, stack)),
  }),
  questionCheck('still-on-v3', {
    messages: [...NUMBERS_STACK_MESSAGES, 'not-paused-now', 'still-wrong', 'still-right'],
    needs: ['paused'],
    input: { type: 'number', min: 0, max: 99 },
    evaluate: (answer, context) => withStack(context, (stack) => stillOnV3(Number(answer), stack)),
  }),
  quizCheck('cause', {
    right: 'unhealthy',
    reasons: {
      unhealthy: 'cause-unhealthy',
      image: 'cause-image',
      resources: 'cause-resources',
      crash: 'cause-crash',
    },
  }),
  stateCheck('resolved', {
    messages: [...NUMBERS_STACK_MESSAGES, ...SETTLED_MESSAGES, ...HEALTHY_MESSAGES],
    needs: ['paused'],
    evaluate: (context) => withStack(context, (stack) => resolved(context, stack)),
  }),
];

export default checks;

function updatesToV5({ history, start }: CheckContext, { api }: NumbersStack): Rollout[] {
  return rolloutsOf(history, api.id).filter(({ seq, toImage }) => seq > start.seq && sameImage(toImage, V5));
}

function paused(
  context: CheckContext,
  stack: NumbersStack,
): CheckResult<'v5-not-deployed' | 'not-paused-yet' | 'not-paused'> {
  const updates = updatesToV5(context, stack);
  const found = updates.find(({ outcome }) => outcome === 'paused');
  if (found !== undefined) return passedAt(found.endedAtMs ?? found.startedAtMs);
  const last = updates.at(-1);
  if (last === undefined) return failed('v5-not-deployed', { image: V5 });
  return last.outcome === 'updating'
    ? pending('not-paused-yet', { service: stack.api.name })
    : failed('not-paused', { service: stack.api.name }, { outcome: last.outcome });
}

/** The spec says v5 by now; only the tasks tell what runs. */
function stillOnV3(
  answer: number,
  { swarm, api }: NumbersStack,
): CheckResult<'not-paused-now' | 'still-wrong' | 'still-right'> {
  if (api.updateStatus?.state !== 'paused') return failed('not-paused-now', { service: api.name });
  const n = liveTasks(swarm, api).filter((task) => sameImage(task.image, V3)).length;
  return answer === n
    ? passedBecause('still-right', { n }, { seen: { onV3: n } })
    : failed('still-wrong', {}, { onV3: n });
}

/** Either way out will do: the corrected version, or back to the one before. */
function resolved(
  context: CheckContext,
  { swarm, api }: NumbersStack,
): CheckResult<SettledMessage | HealthyMessage> {
  const wentBack = api.updateStatus?.state === 'rollback_completed';
  return firstProblem<SettledMessage | HealthyMessage>(
    () => (wentBack ? { verdict: 'passed' } : settled(swarm, api)),
    () => replicasHealthy(context.snapshot, swarm, api, API_REPLICAS),
  );
}
