import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import { questionCheck, quizCheck, stateCheck } from '#kit/define-check.ts';
import { HEALTHY_MESSAGES, replicasHealthy } from '#kit/health.ts';
import { entriesOf } from '#kit/history.ts';
import { IN_PLACE_MESSAGES, updatedInPlace } from '#kit/proven.ts';
import { failed, passedBecause } from '#kit/results.ts';
import { IMAGE_MESSAGES } from '#kit/stack.ts';
import { tasksOf } from '#kit/tasks.ts';
import { SETTINGS_MESSAGES, type SettingsMessage, updateSettings } from '#kit/update-settings.ts';
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

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: NUMBERS_STACK_MESSAGES, evaluate: stackDeployed }),
  stateCheck('rollback-settings', {
    messages: [...NUMBERS_STACK_MESSAGES, ...SETTINGS_MESSAGES, 'settings-vanished'],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, (stack) => rollbackSettings(context, stack)),
  }),
  stateCheck('images-v3', {
    messages: [...NUMBERS_STACK_MESSAGES, ...IMAGE_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, (stack) => versionByStack(stack, 'v3')),
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
    messages: [...NUMBERS_STACK_MESSAGES, ...KEPT_MESSAGES, ...IN_PLACE_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) =>
      withStack<(typeof KEPT_MESSAGES)[number] | 'service-recreated'>(context, (stack) => {
        const kept = productionKept(stack);
        return kept.verdict === 'passed' ? updatedInPlace(context, stack.api) : kept;
      }),
  }),
  stateCheck('settled', {
    messages: [...NUMBERS_STACK_MESSAGES, ...UPDATED_MESSAGES],
    needs: ['images-v3'],
    evaluate: (context) => withStack(context, updatesSettled),
  }),
  stateCheck('replicas-healthy', {
    messages: [...NUMBERS_STACK_MESSAGES, ...HEALTHY_MESSAGES],
    needs: ['settled'],
    evaluate: (context) =>
      withStack(context, ({ swarm, api }) => replicasHealthy(context.snapshot, swarm, api, API_REPLICAS)),
  }),
  questionCheck('replaced', {
    messages: [...NUMBERS_STACK_MESSAGES, 'replaced-wrong', 'replaced-right'],
    needs: ['rollback-settings'],
    input: { type: 'number', min: 0, max: 99 },
    evaluate: (answer, context) =>
      withStack(context, (stack) => {
        const n = replacedByDeployment(context, stack);
        return Number(answer) === n
          ? passedBecause('replaced-right', { n }, { seen: { replaced: n } })
          : failed('replaced-wrong', {}, { replaced: n });
      }),
  }),
  quizCheck('whose-settings', {
    right: 'previous',
    reasons: { new: 'whose-new', previous: 'whose-previous', defaults: 'whose-defaults' },
  }),
];

export default checks;

/** Settings that came with v5 alone went away with it. */
function rollbackSettings(
  { history, start }: CheckContext,
  { api }: NumbersStack,
): CheckResult<SettingsMessage | 'settings-vanished'> {
  const result = updateSettings(api.name, 'rollback_config', api.spec.rollbackConfig, ROLLBACK_SETTINGS);
  if (result.verdict === 'passed' || result.message !== 'settings-missing') return result;
  const wereThere = entriesOf(history, 'spec-changed', api.id).some(
    ({ seq, rollbackConfig }) => seq > start.seq && rollbackConfig !== null,
  );
  return wereThere ? failed('settings-vanished', { service: api.name }) : result;
}

/** Tasks of the API that are younger than the settings. */
function replacedByDeployment({ history }: CheckContext, { swarm, api }: NumbersStack): number {
  const stored = entriesOf(history, 'spec-changed', api.id).findLast(({ changed }) =>
    changed.includes('rollbackConfig'),
  );
  const sinceMs = stored?.atMs ?? Number.POSITIVE_INFINITY;
  return tasksOf(swarm, api).filter((task) => task.createdAtMs > sinceMs).length;
}
