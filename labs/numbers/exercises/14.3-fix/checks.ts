import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import { quizCheck, stateCheck } from '#kit/define-check.ts';
import { HEALTHY_MESSAGES, replicasHealthy } from '#kit/health.ts';
import {
  CAPACITY_MESSAGES,
  type CapacityMessage,
  capacityHeld,
  ROLLOUT_MESSAGES,
  rolledOutUnder,
} from '#kit/proven.ts';
import { failed, PASSED, passed, pending } from '#kit/results.ts';
import { IMAGE_MESSAGES } from '#kit/stack.ts';
import { liveTasksOfSpec } from '#kit/tasks.ts';
import { SETTINGS_MESSAGES, updateSettings } from '#kit/update-settings.ts';
import { updateToV5, V5 } from '../../broken-v5.ts';
import { KEPT_MESSAGES, productionKept } from '../../production-shape.ts';
import {
  API_REPLICAS,
  NUMBERS_STACK_MESSAGES,
  type NumbersStack,
  stackDeployed,
  withStack,
} from '../../stack.ts';
import { ROLLBACK_SETTINGS, UPDATE_SETTINGS } from '../../update-settings.ts';
import { UPDATED_MESSAGES, updatesSettled, versionByStack } from '../../version.ts';

/** What `v5.yml` sets, as the engine keeps it. */
const SETTING = 'Broken=false';

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: NUMBERS_STACK_MESSAGES, evaluate: stackDeployed }),
  stateCheck('images-v5', {
    messages: [...NUMBERS_STACK_MESSAGES, ...IMAGE_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, (stack) => versionByStack(stack, 'v5')),
  }),
  stateCheck('setting-in-spec', {
    messages: [...NUMBERS_STACK_MESSAGES, 'env-missing', 'env-other', 'env-on-web'],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, settingInSpec),
  }),
  stateCheck('production-kept', {
    messages: [...NUMBERS_STACK_MESSAGES, ...KEPT_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, productionKept),
  }),
  stateCheck('update-settings', {
    messages: [...NUMBERS_STACK_MESSAGES, ...SETTINGS_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) =>
      withStack(context, ({ api: { name, spec } }) => {
        const update = updateSettings(name, 'update_config', spec.updateConfig, UPDATE_SETTINGS);
        if (update.verdict !== 'passed') return update;
        return updateSettings(name, 'rollback_config', spec.rollbackConfig, ROLLBACK_SETTINGS);
      }),
  }),
  stateCheck('rolled-out', {
    messages: [...NUMBERS_STACK_MESSAGES, ...ROLLOUT_MESSAGES],
    needs: ['images-v5', 'update-settings'],
    evaluate: (context) => withStack(context, ({ api }) => rolledOutUnder(context, api, V5, UPDATE_SETTINGS)),
  }),
  stateCheck('never-fewer', {
    messages: [...NUMBERS_STACK_MESSAGES, ...CAPACITY_MESSAGES, 'rollout-missing', 'rollout-in-progress'],
    needs: ['images-v5'],
    evaluate: (context) => withStack(context, (stack) => neverFewer(context, stack)),
  }),
  stateCheck('update-completed', {
    messages: [...NUMBERS_STACK_MESSAGES, ...UPDATED_MESSAGES],
    needs: ['images-v5'],
    evaluate: (context) => withStack(context, updatesSettled),
  }),
  stateCheck('tasks-fixed', {
    messages: [...NUMBERS_STACK_MESSAGES, ...HEALTHY_MESSAGES, 'tasks-without-setting'],
    needs: ['setting-in-spec', 'update-completed'],
    evaluate: (context) => withStack(context, (stack) => tasksFixed(context, stack)),
  }),
  quizCheck('why-quotes', {
    right: 'string',
    reasons: { string: 'quotes-string', style: 'quotes-style', secret: 'quotes-secret' },
  }),
];

export default checks;

/** Exactly this value, on the API: the application reads no other spelling, and the web page none at all. */
function settingInSpec({ api, web }: NumbersStack): CheckResult<'env-missing' | 'env-other' | 'env-on-web'> {
  const found = api.spec.env.find((entry) => /^broken=/i.test(entry));
  if (found === SETTING) return passed({ env: [...api.spec.env] });
  if (found !== undefined) return failed('env-other', { seen: found, expected: SETTING }, { env: found });
  const onWeb = web.spec.env.some((entry) => /^broken=/i.test(entry));
  return onWeb
    ? failed('env-on-web', { service: web.name, expected: SETTING })
    : failed('env-missing', { service: api.name, expected: SETTING });
}

function neverFewer(
  context: CheckContext,
  { api }: NumbersStack,
): CheckResult<CapacityMessage | 'rollout-missing' | 'rollout-in-progress'> {
  const update = updateToV5(context, api);
  const values = { service: api.name, image: V5 };
  if (update === null) return failed('rollout-missing', values);
  const between = { fromMs: update.startedAtMs, toMs: update.endedAtMs ?? context.nowMs };
  const held = capacityHeld(context, api, API_REPLICAS, between);
  return held.verdict === 'passed' && update.endedAtMs === null
    ? pending('rollout-in-progress', values)
    : held;
}

/** The replicas themselves carry the setting, and are healthy because of it. */
function tasksFixed(
  context: CheckContext,
  { swarm, api }: NumbersStack,
): CheckResult<(typeof HEALTHY_MESSAGES)[number] | 'tasks-without-setting'> {
  const tasks = liveTasksOfSpec(swarm, api);
  const n = tasks.filter((task) => task.env.includes(SETTING)).length;
  if (n < tasks.length) return failed('tasks-without-setting', { n: tasks.length - n });
  const healthy = replicasHealthy(context.snapshot, swarm, api, API_REPLICAS);
  return healthy.verdict === 'passed' ? PASSED : healthy;
}
