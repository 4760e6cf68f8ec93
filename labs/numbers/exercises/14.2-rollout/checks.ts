import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import { quizCheck, stateCheck } from '#kit/define-check.ts';
import { HEALTHY_MESSAGES, replicasHealthy } from '#kit/health.ts';
import {
  CAPACITY_MESSAGES,
  type CapacityMessage,
  capacityHeld,
  IN_PLACE_MESSAGES,
  ROLLOUT_MESSAGES,
  rolledOutUnder,
  updatedInPlace,
} from '#kit/proven.ts';
import { failed, firstProblem, pending } from '#kit/results.ts';
import { lastRolloutTo } from '#kit/rollouts.ts';
import { IMAGE_MESSAGES, type ImageMessage } from '#kit/stack.ts';
import { SETTINGS_MESSAGES, updateSettings } from '#kit/update-settings.ts';
import { KEPT_MESSAGES, productionKept } from '../../production-shape.ts';
import {
  API_REPLICAS,
  NUMBERS_STACK_MESSAGES,
  type NumbersStack,
  stackDeployed,
  withStack,
} from '../../stack.ts';
import { UPDATE_SETTINGS } from '../../update-settings.ts';
import { apiImage, UPDATED_MESSAGES, updatesSettled, versionByStack } from '../../version.ts';

const V3 = apiImage('v3');

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: NUMBERS_STACK_MESSAGES, evaluate: stackDeployed }),
  stateCheck('images-v3', {
    messages: [...NUMBERS_STACK_MESSAGES, ...IMAGE_MESSAGES, 'v3-rolled-back'],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, (stack) => imagesV3(context, stack)),
  }),
  stateCheck('update-settings', {
    messages: [...NUMBERS_STACK_MESSAGES, ...SETTINGS_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) =>
      withStack(context, ({ api }) =>
        updateSettings(api.name, 'update_config', api.spec.updateConfig, UPDATE_SETTINGS),
      ),
  }),
  stateCheck('production-kept', {
    messages: [...NUMBERS_STACK_MESSAGES, ...KEPT_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, productionKept),
  }),
  stateCheck('updated-in-place', {
    messages: [...NUMBERS_STACK_MESSAGES, ...IN_PLACE_MESSAGES],
    needs: ['images-v3'],
    evaluate: (context) =>
      withStack(context, ({ api, web }) =>
        firstProblem(
          () => updatedInPlace(context, api),
          () => updatedInPlace(context, web),
        ),
      ),
  }),
  stateCheck('settings-in-force', {
    messages: [...NUMBERS_STACK_MESSAGES, ...ROLLOUT_MESSAGES],
    needs: ['images-v3', 'update-settings'],
    evaluate: (context) => withStack(context, ({ api }) => rolledOutUnder(context, api, V3, UPDATE_SETTINGS)),
  }),
  stateCheck('never-fewer', {
    messages: [...NUMBERS_STACK_MESSAGES, ...CAPACITY_MESSAGES, 'rollout-missing', 'rollout-in-progress'],
    needs: ['images-v3'],
    evaluate: (context) => withStack(context, (stack) => neverFewer(context, stack)),
  }),
  stateCheck('update-completed', {
    messages: [...NUMBERS_STACK_MESSAGES, ...UPDATED_MESSAGES],
    needs: ['images-v3'],
    evaluate: (context) => withStack(context, updatesSettled),
  }),
  stateCheck('replicas-healthy', {
    messages: [...NUMBERS_STACK_MESSAGES, ...HEALTHY_MESSAGES],
    needs: ['update-completed'],
    evaluate: (context) =>
      withStack(context, ({ swarm, api }) => replicasHealthy(context.snapshot, swarm, api, API_REPLICAS)),
  }),
  quizCheck('last-wait', {
    right: 'monitor',
    reasons: {
      'old-containers': 'wait-old-containers',
      'health-check': 'wait-health-check',
      monitor: 'wait-monitor',
      web: 'wait-web',
    },
  }),
  quizCheck('price', {
    right: 'room',
    reasons: { capacity: 'price-capacity', room: 'price-room', none: 'price-none' },
  }),
];

export default checks;

/** A spec that is back on the old image was not left there: it went to v3 and came back. */
function imagesV3(context: CheckContext, stack: NumbersStack): CheckResult<ImageMessage | 'v3-rolled-back'> {
  const images = versionByStack(stack, 'v3');
  if (images.verdict === 'passed' || images.message !== 'image-wrong') return images;
  const { id, name, updateStatus } = stack.api;
  const wentBack = updateStatus?.state.startsWith('rollback') === true;
  return wentBack && lastRolloutTo(context.history, id, V3)?.outcome === 'rolled-back'
    ? failed('v3-rolled-back', { service: name })
    : images;
}

function neverFewer(
  context: CheckContext,
  { api }: NumbersStack,
): CheckResult<CapacityMessage | 'rollout-missing' | 'rollout-in-progress'> {
  const update = lastRolloutTo(context.history, api.id, V3);
  const values = { service: api.name, image: V3 };
  if (update === null) return failed('rollout-missing', values);
  const between = { fromMs: update.startedAtMs, toMs: update.endedAtMs ?? context.nowMs };
  const held = capacityHeld(context, api, API_REPLICAS, between);
  return held.verdict === 'passed' && update.endedAtMs === null
    ? pending('rollout-in-progress', values)
    : held;
}
