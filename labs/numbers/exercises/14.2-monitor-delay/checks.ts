import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import { questionCheck, quizCheck, stateCheck } from '#kit/define-check.ts';
import { SECOND_NS } from '#kit/durations.ts';
import { HEALTHY_MESSAGES, replicasHealthy } from '#kit/health.ts';
import { failed, passedBecause, pending } from '#kit/results.ts';
import { type Rollout, rolloutsOf } from '#kit/rollouts.ts';
import { IMAGE_MESSAGES } from '#kit/stack.ts';
import {
  SETTINGS_MESSAGES,
  updateSettings,
  type WantedSettings,
  wrongSetting,
} from '#kit/update-settings.ts';
import { KEPT_MESSAGES, productionKept } from '../../production-shape.ts';
import { runningSince, secondsToSecondBatch } from '../../recorded.ts';
import {
  API_REPLICAS,
  NUMBERS_STACK_MESSAGES,
  type NumbersStack,
  stackDeployed,
  withStack,
} from '../../stack.ts';
import { UPDATE_SETTINGS } from '../../update-settings.ts';
import { UPDATED_MESSAGES, updatesSettled, versionByStack } from '../../version.ts';

/** What the two files to measure with set, on top of the usual settings. */
const SLOW_MONITOR: WantedSettings = { parallelism: 3, monitorNs: 15 * SECOND_NS, delayNs: null };
const SLOW_DELAY: WantedSettings = { parallelism: 3, delayNs: 10 * SECOND_NS };

/** Learners read whole seconds, and the first batch begins within one. */
const TOLERANCE_SECONDS = 2;

const MEASURED_MESSAGES = ['not-measured', 'measuring', 'measurement-broken', 'measurement-shown'] as const;
type MeasuredMessage = (typeof MEASURED_MESSAGES)[number];

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: NUMBERS_STACK_MESSAGES, evaluate: stackDeployed }),
  quizCheck('second-batch', {
    right: 'when-running',
    reasons: {
      'after-monitor': 'batch-after-monitor',
      'when-running': 'batch-when-running',
      'when-stopped': 'batch-when-stopped',
      'at-once': 'batch-at-once',
    },
  }),
  stateCheck('monitor-rollout', {
    messages: [...NUMBERS_STACK_MESSAGES, ...MEASURED_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) =>
      withStack(context, (stack) => measured(context, stack, SLOW_MONITOR, 'slow-monitor.yml')),
  }),
  gapQuestion('monitor-gap', 'monitor-rollout', SLOW_MONITOR),
  stateCheck('delay-rollout', {
    messages: [...NUMBERS_STACK_MESSAGES, ...MEASURED_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) =>
      withStack(context, (stack) => measured(context, stack, SLOW_DELAY, 'slow-delay.yml')),
  }),
  gapQuestion('delay-gap', 'delay-rollout', SLOW_DELAY),
  stateCheck('back-to-v3', {
    messages: [...NUMBERS_STACK_MESSAGES, ...IMAGE_MESSAGES],
    needs: ['monitor-rollout', 'delay-rollout'],
    evaluate: (context) => withStack(context, (stack) => versionByStack(stack, 'v3')),
  }),
  stateCheck('settings-restored', {
    messages: [...NUMBERS_STACK_MESSAGES, ...SETTINGS_MESSAGES],
    needs: ['back-to-v3'],
    evaluate: (context) =>
      withStack(context, ({ api }) =>
        updateSettings(api.name, 'update_config', api.spec.updateConfig, UPDATE_SETTINGS),
      ),
  }),
  stateCheck('production-kept', {
    messages: [...NUMBERS_STACK_MESSAGES, ...KEPT_MESSAGES],
    needs: ['back-to-v3'],
    evaluate: (context) => withStack(context, productionKept),
  }),
  stateCheck('update-completed', {
    messages: [...NUMBERS_STACK_MESSAGES, ...UPDATED_MESSAGES],
    needs: ['back-to-v3'],
    evaluate: (context) => withStack(context, updatesSettled),
  }),
  stateCheck('replicas-healthy', {
    messages: [...NUMBERS_STACK_MESSAGES, ...HEALTHY_MESSAGES],
    needs: ['update-completed'],
    evaluate: (context) =>
      withStack(context, ({ swarm, api }) => replicasHealthy(context.snapshot, swarm, api, API_REPLICAS)),
  }),
];

export default checks;

interface Measurement {
  readonly rollout: Rollout;
  readonly gapSeconds: number;
  /** Until all replicas were replaced, whatever the update did after that. */
  readonly replacedSeconds: number;
}

function updatesWith(context: CheckContext, { api }: NumbersStack, wanted: WantedSettings): Rollout[] {
  return rolloutsOf(context.history, api.id).filter(
    (rollout) => wrongSetting(rollout.updateConfig, wanted) === null,
  );
}

/** The newest update under these settings that replaced every replica. */
function measurement(context: CheckContext, stack: NumbersStack, wanted: WantedSettings): Measurement | null {
  const { swarm, api } = stack;
  for (const rollout of updatesWith(context, stack, wanted).reverse()) {
    const { toImage: image, startedAtMs: fromMs, endedAtMs, outcome } = rollout;
    const replacedAtMs = runningSince(context.history, api.id, { image, replicas: API_REPLICAS, fromMs });
    const gapSeconds = secondsToSecondBatch(context.history, swarm, api, rollout);
    if (replacedAtMs === null || gapSeconds === null || outcome === 'rolled-back') continue;
    if (endedAtMs !== null && replacedAtMs > endedAtMs) continue;
    return { rollout, gapSeconds, replacedSeconds: Math.round((replacedAtMs - fromMs) / 1000) };
  }
  return null;
}

function measured(
  context: CheckContext,
  stack: NumbersStack,
  wanted: WantedSettings,
  file: string,
): CheckResult<MeasuredMessage> {
  const found = measurement(context, stack, wanted);
  if (found !== null) {
    const { rollout, gapSeconds, replacedSeconds: seconds } = found;
    const seen = { gapSeconds, replacedSeconds: seconds };
    return passedBecause('measurement-shown', { file, seconds }, { seen, provenAtMs: rollout.startedAtMs });
  }
  const last = updatesWith(context, stack, wanted).at(-1);
  if (last === undefined) return failed('not-measured', { file });
  return last.outcome === 'updating'
    ? pending('measuring', { file })
    : failed('measurement-broken', { file }, { outcome: last.outcome });
}

function gapQuestion(id: string, needed: string, wanted: WantedSettings) {
  return questionCheck(id, {
    messages: [...NUMBERS_STACK_MESSAGES, 'gap-unknown', 'gap-wrong', 'gap-right'],
    needs: [needed],
    input: { type: 'number', min: 0, max: 300 },
    evaluate: (answer, context) =>
      withStack<'gap-unknown' | 'gap-wrong' | 'gap-right'>(context, (stack) => {
        const gap = measurement(context, stack, wanted)?.gapSeconds ?? null;
        if (gap === null) return failed('gap-unknown');
        const seen = { gapSeconds: gap };
        if (Math.abs(Number(answer) - gap) > TOLERANCE_SECONDS) return failed('gap-wrong', {}, seen);
        return passedBecause('gap-right', { seconds: gap.toFixed(1) }, { seen });
      }),
  });
}
