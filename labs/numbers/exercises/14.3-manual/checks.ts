import type { CheckResult, ExerciseChecks } from '#contract/check.ts';
import { questionCheck, quizCheck, stateCheck } from '#kit/define-check.ts';
import { imageRef, sameImage } from '#kit/image-ref.ts';
import { ROLLBACK_MESSAGES, rolledBack } from '#kit/proven.ts';
import { failed, PASSED, passedBecause } from '#kit/results.ts';
import { IMAGE_MESSAGES } from '#kit/stack.ts';
import { V3, V5 } from '../../broken-v5.ts';
import { KEPT_MESSAGES, productionKept } from '../../production-shape.ts';
import { NUMBERS_STACK_MESSAGES, type NumbersStack, stackDeployed, withStack } from '../../stack.ts';
import { BACK_MESSAGES, backOn, UPDATED_MESSAGES, updatesSettled, versionByStack } from '../../version.ts';

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: NUMBERS_STACK_MESSAGES, evaluate: stackDeployed }),
  stateCheck('rolled-back', {
    messages: [...NUMBERS_STACK_MESSAGES, ...ROLLBACK_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) =>
      withStack(context, ({ api }) => rolledBack(context, api, { askedBy: 'hand', from: V5, to: V3 })),
  }),
  questionCheck('previous-spec', {
    messages: [...NUMBERS_STACK_MESSAGES, 'previous-wrong', 'previous-right', 'previous-same'],
    needs: ['rolled-back'],
    input: { type: 'choice', options: ['v2', 'v3', 'v5', 'none'] },
    evaluate: (answer, context) => withStack(context, (stack) => previousSpec(answer, stack)),
  }),
  stateCheck('back-on-v3', {
    messages: [...NUMBERS_STACK_MESSAGES, ...BACK_MESSAGES],
    needs: ['rolled-back'],
    evaluate: (context) => withStack(context, (stack) => backOn(context, stack, 'v3')),
  }),
  stateCheck('in-agreement', {
    messages: [...NUMBERS_STACK_MESSAGES, ...IMAGE_MESSAGES],
    needs: ['back-on-v3'],
    evaluate: (context) => withStack(context, (stack) => versionByStack(stack, 'v3')),
  }),
  stateCheck('production-kept', {
    messages: [...NUMBERS_STACK_MESSAGES, ...KEPT_MESSAGES],
    needs: ['in-agreement'],
    evaluate: (context) => withStack(context, productionKept),
  }),
  stateCheck('settled', {
    messages: [...NUMBERS_STACK_MESSAGES, ...UPDATED_MESSAGES],
    needs: ['in-agreement'],
    evaluate: (context) => withStack(context, settledOnV3),
  }),
  quizCheck('once-more', {
    right: 'forward',
    reasons: { forward: 'once-more-forward', further: 'once-more-further', refused: 'once-more-refused' },
  }),
  quizCheck('nothing-left', {
    right: 'unchanged',
    reasons: { v5: 'left-v5', unchanged: 'left-unchanged', refused: 'left-refused' },
  }),
];

export default checks;

/** One more rollback, which finds nothing to go back to, ends as such a one: both services are on v3 all the same. */
function settledOnV3(stack: NumbersStack): ReturnType<typeof updatesSettled> {
  const result = updatesSettled(stack);
  return result.verdict === 'failed' && result.message === 'rolled-back' ? PASSED : result;
}

/** What the engine would go back to now: right after a rollback by hand, the version that was left. */
function previousSpec(
  answer: string,
  { api }: NumbersStack,
): CheckResult<'previous-wrong' | 'previous-right' | 'previous-same'> {
  const previous = api.previousSpec === null ? null : imageRef(api.previousSpec.image);
  const seen = { previous };
  if (previous !== null && sameImage(previous, api.spec.image)) return failed('previous-same', {}, seen);
  const version = previous === null ? 'none' : (previous.split(':').at(-1) ?? '');
  return answer === version
    ? passedBecause('previous-right', {}, { seen })
    : failed('previous-wrong', {}, seen);
}
