import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import { quizCheck, stateCheck } from '#kit/define-check.ts';
import { failed, passedBecause } from '#kit/results.ts';
import { wrongSetting } from '#kit/update-settings.ts';
import {
  autoRollback,
  updateToV5,
  V5_DEPLOYED_MESSAGES,
  V5_ROLLED_BACK_MESSAGES,
  v5Deployed,
  v5RolledBack,
} from '../../broken-v5.ts';
import { NUMBERS_STACK_MESSAGES, type NumbersStack, stackDeployed, withStack } from '../../stack.ts';
import { BACK_MESSAGES, backOn } from '../../version.ts';

/** What `tolerant.yml` sets. */
const TOLERANT = { parallelism: 2, maxFailureRatio: 0.5 } as const;

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: NUMBERS_STACK_MESSAGES, evaluate: stackDeployed }),
  quizCheck('which-failure', {
    right: 'fourth',
    reasons: {
      first: 'failure-first',
      third: 'failure-third',
      fourth: 'failure-fourth',
      sixth: 'failure-sixth',
    },
  }),
  stateCheck('v5-deployed', {
    messages: [...NUMBERS_STACK_MESSAGES, ...V5_DEPLOYED_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, (stack) => v5Deployed(context, stack)),
  }),
  stateCheck('tolerant', {
    messages: [...NUMBERS_STACK_MESSAGES, 'not-tolerant'],
    needs: ['v5-deployed'],
    evaluate: (context) => withStack(context, (stack) => tolerant(context, stack)),
  }),
  stateCheck('rolled-back', {
    messages: [...NUMBERS_STACK_MESSAGES, ...V5_ROLLED_BACK_MESSAGES, 'rolled-back-late'],
    needs: ['tolerant'],
    evaluate: (context) => withStack(context, (stack) => rolledBackLate(context, stack)),
  }),
  stateCheck('back-on-v3', {
    messages: [...NUMBERS_STACK_MESSAGES, ...BACK_MESSAGES],
    needs: ['rolled-back'],
    evaluate: (context) => withStack(context, (stack) => backOn(context, stack, 'v3')),
  }),
];

export default checks;

function tolerant(context: CheckContext, { api }: NumbersStack): CheckResult<'not-tolerant'> {
  const wrong = wrongSetting(updateToV5(context, api)?.updateConfig ?? null, TOLERANT);
  return wrong === null ? { verdict: 'passed' } : failed('not-tolerant', { ...wrong }, { ...wrong });
}

function rolledBackLate(
  context: CheckContext,
  stack: NumbersStack,
): CheckResult<(typeof V5_ROLLED_BACK_MESSAGES)[number] | 'rolled-back-late'> {
  const result = v5RolledBack(context, stack);
  const update = updateToV5(context, stack.api);
  const rollback = autoRollback(context, stack.api);
  if (result.verdict !== 'passed' || update === null || rollback === null) return result;
  const seconds = Math.round((rollback.startedAtMs - update.startedAtMs) / 1000);
  return passedBecause(
    'rolled-back-late',
    { seconds },
    { seen: { seconds }, provenAtMs: rollback.startedAtMs },
  );
}
