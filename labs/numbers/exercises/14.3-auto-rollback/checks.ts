import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import { questionCheck, quizCheck, stateCheck } from '#kit/define-check.ts';
import { imageRef, sameImage } from '#kit/image-ref.ts';
import { CAPACITY_MESSAGES, type CapacityMessage, capacityHeld } from '#kit/proven.ts';
import { failed, passedBecause, pending } from '#kit/results.ts';
import { SETTLED_MESSAGES, type SettledMessage, settled } from '#kit/update-progress.ts';
import {
  autoRollback,
  updateToV5,
  V5_DEPLOYED_MESSAGES,
  V5_ROLLED_BACK_MESSAGES,
  v5Deployed,
  v5RolledBack,
} from '../../broken-v5.ts';
import {
  API_REPLICAS,
  NUMBERS_STACK_MESSAGES,
  type NumbersStack,
  stackDeployed,
  withStack,
} from '../../stack.ts';
import { BACK_MESSAGES, backOn, webImage } from '../../version.ts';

/** Learners read the two times to the second. */
const TOLERANCE_SECONDS = 2;

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: NUMBERS_STACK_MESSAGES, evaluate: stackDeployed }),
  stateCheck('v5-deployed', {
    messages: [...NUMBERS_STACK_MESSAGES, ...V5_DEPLOYED_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, (stack) => v5Deployed(context, stack)),
  }),
  stateCheck('rolled-back', {
    messages: [...NUMBERS_STACK_MESSAGES, ...V5_ROLLED_BACK_MESSAGES],
    needs: ['v5-deployed'],
    evaluate: (context) => withStack(context, (stack) => v5RolledBack(context, stack)),
  }),
  stateCheck('never-fewer', {
    messages: [...NUMBERS_STACK_MESSAGES, ...CAPACITY_MESSAGES, 'rollback-running'],
    needs: ['v5-deployed'],
    evaluate: (context) => withStack(context, (stack) => neverFewer(context, stack)),
  }),
  stateCheck('back-on-v3', {
    messages: [...NUMBERS_STACK_MESSAGES, ...BACK_MESSAGES],
    needs: ['rolled-back'],
    evaluate: (context) => withStack(context, (stack) => backOn(context, stack, 'v3')),
  }),
  stateCheck('web-on-v5', {
    messages: [...NUMBERS_STACK_MESSAGES, ...SETTLED_MESSAGES, 'web-not-v5'],
    needs: ['rolled-back'],
    evaluate: (context) => withStack(context, webOnV5),
  }),
  questionCheck('seconds-in-all', {
    messages: [...NUMBERS_STACK_MESSAGES, 'seconds-unknown', 'seconds-wrong', 'seconds-right'],
    needs: ['rolled-back'],
    input: { type: 'number', min: 0, max: 600 },
    evaluate: (answer, context) =>
      withStack(context, (stack) => secondsInAll(Number(answer), context, stack)),
  }),
  quizCheck('web-stays', {
    right: 'per-service',
    reasons: {
      'per-service': 'web-per-service',
      slower: 'web-slower',
      'no-settings': 'web-no-settings',
      global: 'web-global',
    },
  }),
  quizCheck('same-file-again', {
    right: 'v5-again',
    reasons: { nothing: 'again-nothing', 'v5-again': 'again-v5', 'v3-again': 'again-v3' },
  }),
];

export default checks;

function neverFewer(
  context: CheckContext,
  { api }: NumbersStack,
): CheckResult<CapacityMessage | 'rollback-running'> {
  const update = updateToV5(context, api);
  const rollback = autoRollback(context, api);
  const fromMs = update?.startedAtMs ?? context.start.atMs;
  const toMs = rollback?.completedAtMs ?? context.nowMs;
  const held = capacityHeld(context, api, API_REPLICAS, { fromMs, toMs });
  // So far so good, but the outcome is still open.
  if (held.verdict === 'passed' && rollback === null) {
    return pending('rollback-running', { service: api.name });
  }
  return held;
}

function webOnV5({ swarm, web }: NumbersStack): CheckResult<SettledMessage | 'web-not-v5'> {
  const expected = webImage('v5');
  const seen = imageRef(web.spec.image);
  if (!sameImage(seen, expected)) return failed('web-not-v5', { service: web.name, seen }, { image: seen });
  return settled(swarm, web);
}

function secondsInAll(
  answer: number,
  context: CheckContext,
  { api }: NumbersStack,
): CheckResult<'seconds-unknown' | 'seconds-wrong' | 'seconds-right'> {
  const rollback = autoRollback(context, api);
  const update = updateToV5(context, api);
  if (rollback?.completedAtMs == null || update === null) return failed('seconds-unknown');
  const seconds = (rollback.completedAtMs - update.startedAtMs) / 1000;
  const seen = { seconds };
  if (Math.abs(answer - seconds) > TOLERANCE_SECONDS) return failed('seconds-wrong', {}, seen);
  const until = Math.round((rollback.startedAtMs - update.startedAtMs) / 1000);
  return passedBecause('seconds-right', { seconds: Math.round(seconds), until }, { seen });
}
