import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import { questionCheck, quizCheck, stateCheck } from '#kit/define-check.ts';
import { minRunning } from '#kit/history.ts';
import { failed, passedAt, passedBecause } from '#kit/results.ts';
import { SETTINGS_MESSAGES, updateSettings, wrongSetting } from '#kit/update-settings.ts';
import {
  autoRollback,
  updateToV5,
  V3,
  V5_DEPLOYED_MESSAGES,
  V5_ROLLED_BACK_MESSAGES,
  v5Deployed,
  v5RolledBack,
} from '../../broken-v5.ts';
import { runningSince, taskStarts } from '../../recorded.ts';
import {
  API_REPLICAS,
  NUMBERS_STACK_MESSAGES,
  type NumbersStack,
  stackDeployed,
  withStack,
} from '../../stack.ts';
import { ROLLBACK_SETTINGS } from '../../update-settings.ts';
import { BACK_MESSAGES, backOn } from '../../version.ts';

/** What `all-at-once.yml` sets. */
const ALL_AT_ONCE = { parallelism: 6, order: 'stop-first' } as const;

/** One at a time, six replicas begin over ten seconds and more. */
const TOGETHER_MS = 5_000;

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: NUMBERS_STACK_MESSAGES, evaluate: stackDeployed }),
  stateCheck('v5-deployed', {
    messages: [...NUMBERS_STACK_MESSAGES, ...V5_DEPLOYED_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, (stack) => v5Deployed(context, stack)),
  }),
  stateCheck('all-at-once', {
    messages: [...NUMBERS_STACK_MESSAGES, 'not-all-at-once'],
    needs: ['v5-deployed'],
    evaluate: (context) => withStack(context, (stack) => allAtOnce(context, stack)),
  }),
  stateCheck('rolled-back', {
    messages: [...NUMBERS_STACK_MESSAGES, ...V5_ROLLED_BACK_MESSAGES],
    needs: ['v5-deployed'],
    evaluate: (context) => withStack(context, (stack) => v5RolledBack(context, stack)),
  }),
  stateCheck('settings-kept', {
    messages: [...NUMBERS_STACK_MESSAGES, ...SETTINGS_MESSAGES],
    needs: ['rolled-back'],
    evaluate: (context) =>
      withStack(context, ({ api }) =>
        updateSettings(api.name, 'rollback_config', api.spec.rollbackConfig, ROLLBACK_SETTINGS),
      ),
  }),
  stateCheck('came-back-together', {
    messages: [...NUMBERS_STACK_MESSAGES, 'not-together', 'together'],
    needs: ['rolled-back', 'all-at-once'],
    evaluate: (context) => withStack(context, (stack) => cameBackTogether(context, stack)),
  }),
  stateCheck('back-on-v3', {
    messages: [...NUMBERS_STACK_MESSAGES, ...BACK_MESSAGES],
    needs: ['rolled-back'],
    evaluate: (context) => withStack(context, (stack) => backOn(context, stack, 'v3')),
  }),
  questionCheck('fewest', {
    messages: [...NUMBERS_STACK_MESSAGES, 'fewest-unknown', 'fewest-wrong', 'fewest-right'],
    needs: ['rolled-back'],
    input: { type: 'number', min: 0, max: 99 },
    evaluate: (answer, context) => withStack(context, (stack) => fewest(Number(answer), context, stack)),
  }),
  quizCheck('settings-with-v5', {
    right: 'gone',
    reasons: { gone: 'with-v5-gone', used: 'with-v5-used', merged: 'with-v5-merged' },
  }),
];

export default checks;

/** The update that was rolled back, else the newest one. */
function allAtOnce(context: CheckContext, { api }: NumbersStack): CheckResult<'not-all-at-once'> {
  const update = updateToV5(context, api);
  const wrong = wrongSetting(update?.updateConfig ?? null, ALL_AT_ONCE);
  if (wrong !== null) return failed('not-all-at-once', { ...wrong }, { ...wrong });
  return passedAt(update?.startedAtMs ?? context.nowMs);
}

function cameBackTogether(
  context: CheckContext,
  { swarm, api }: NumbersStack,
): CheckResult<'not-together' | 'together'> {
  const rollback = autoRollback(context, api);
  if (rollback === null) return failed('not-together', { seconds: '-' });
  const { toImage, startedAtMs, completedAtMs: endedAtMs } = rollback;
  // On a busy machine one of the six may fail its first probes and be replaced: that start came on top.
  const starts = taskStarts(context.history, swarm, api, { toImage, startedAtMs, endedAtMs }).slice(
    0,
    API_REPLICAS,
  );
  const spreadMs = (starts.at(-1) ?? 0) - (starts[0] ?? 0);
  const inSpec = wrongSetting(rollback.rollbackConfig, ROLLBACK_SETTINGS) === null;
  const seen = { starts: starts.length, spreadMs, durationMs: rollback.durationMs };
  if (!inSpec || spreadMs > TOGETHER_MS) {
    return failed('not-together', { seconds: Math.round(spreadMs / 1000) }, seen);
  }
  const backAtMs = runningSince(context.history, api.id, {
    image: V3,
    replicas: API_REPLICAS,
    fromMs: startedAtMs,
  });
  const seconds = Math.max(1, Math.round(((backAtMs ?? endedAtMs ?? startedAtMs) - startedAtMs) / 1000));
  return passedBecause('together', { seconds }, { seen, provenAtMs: startedAtMs });
}

function fewest(
  answer: number,
  context: CheckContext,
  { api }: NumbersStack,
): CheckResult<'fewest-unknown' | 'fewest-wrong' | 'fewest-right'> {
  const update = updateToV5(context, api);
  const rollback = autoRollback(context, api);
  if (update === null || rollback?.completedAtMs == null) return failed('fewest-unknown');
  const n = minRunning(context.history, api.id, {
    fromMs: update.startedAtMs,
    toMs: rollback.completedAtMs,
  });
  if (n === null) return failed('fewest-unknown');
  return answer === n
    ? passedBecause('fewest-right', { n }, { seen: { fewest: n } })
    : failed('fewest-wrong', {}, { fewest: n });
}
