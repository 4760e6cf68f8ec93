import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import { quizCheck, stateCheck } from '#kit/define-check.ts';
import { entriesOf } from '#kit/history.ts';
import { failed, firstProblem, PASSED, passed } from '#kit/results.ts';
import { rollbacksOf } from '#kit/rollouts.ts';
import { liveTasks } from '#kit/tasks.ts';
import { SETTLED_MESSAGES, type SettledMessage, settled } from '#kit/update-progress.ts';
import { NUMBERS_STACK_MESSAGES, type NumbersStack, stackDeployed, withStack } from '../../stack.ts';

const FIRST = 'numbers-page-v1';
const SECOND = 'numbers-page-v2';

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: NUMBERS_STACK_MESSAGES, evaluate: stackDeployed }),
  quizCheck('same-name', {
    right: 'refused',
    reasons: {
      refused: 'same-name-refused',
      replaced: 'same-name-replaced',
      restarted: 'same-name-restarted',
    },
  }),
  stateCheck('attached', {
    messages: [...NUMBERS_STACK_MESSAGES, 'config-missing'],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, (stack) => attached(stack)),
  }),
  stateCheck('rotated', {
    messages: [...NUMBERS_STACK_MESSAGES, 'not-rotated', 'straight-to-second'],
    needs: ['attached'],
    evaluate: (context) => withStack(context, (stack) => rotated(context, stack)),
  }),
  stateCheck('rolled-back', {
    messages: [...NUMBERS_STACK_MESSAGES, ...SETTLED_MESSAGES, 'not-rolled-back', 'web-down'],
    needs: ['rotated'],
    evaluate: (context) => withStack(context, (stack) => rolledBack(context, stack)),
  }),
  quizCheck('old-config', {
    right: 'stays',
    reasons: { stays: 'old-stays', removed: 'old-removed', overwritten: 'old-overwritten' },
  }),
];

export default checks;

function attached({ web }: NumbersStack): CheckResult<'config-missing'> {
  const { configNames } = web.spec;
  return configNames.includes(FIRST) || configNames.includes(SECOND)
    ? passed({ configNames: [...configNames] })
    : failed('config-missing', { service: web.name, config: FIRST }, { configNames: [...configNames] });
}

/** Two changes of the web service's configs: the first came, and the second took its place. */
function rotated(
  { history, start }: CheckContext,
  { web }: NumbersStack,
): CheckResult<'not-rotated' | 'straight-to-second'> {
  const names = [...web.spec.configNames, ...(web.previousSpec?.configNames ?? [])];
  const values = { first: FIRST, second: SECOND };
  if (!names.includes(SECOND)) return failed('not-rotated', values);
  const changes = entriesOf(history, 'spec-changed', web.id).filter(
    ({ seq, changed }) => seq > start.seq && changed.includes('configNames'),
  );
  return changes.length < 2 ? failed('straight-to-second', values, { changes: changes.length }) : PASSED;
}

function rolledBack(
  { history, start }: CheckContext,
  { swarm, web }: NumbersStack,
): CheckResult<SettledMessage | 'not-rolled-back' | 'web-down'> {
  const byHand = rollbacksOf(history, web.id).some(
    ({ seq, askedBy }) => seq > start.seq && askedBy === 'hand',
  );
  const values = { service: web.name, first: FIRST, second: SECOND };
  return firstProblem<SettledMessage | 'not-rolled-back' | 'web-down'>(
    () => (byHand && web.spec.configNames.includes(FIRST) ? PASSED : failed('not-rolled-back', values)),
    () => (web.updateStatus?.state === 'rollback_completed' ? PASSED : settled(swarm, web)),
    () => (liveTasks(swarm, web).length > 0 ? PASSED : failed('web-down', values)),
  );
}
