import type { ExerciseChecks } from '#contract/check.ts';
import { stateCheck } from '#kit/define-check.ts';
import { NUMBERS_STACK_MESSAGES, stackDeployed } from '../../stack.ts';

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: NUMBERS_STACK_MESSAGES, evaluate: stackDeployed }),
];

export default checks;
