import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import type { SwarmTask } from '#contract/swarm-snapshot.ts';
import { questionCheck, stateCheck } from '#kit/define-check.ts';
import { HEALTHY_MESSAGES, type HealthyMessage, replicasHealthy } from '#kit/health.ts';
import { entriesOf } from '#kit/history.ts';
import { imageRef, sameImage } from '#kit/image-ref.ts';
import { failed, PASSED, passed } from '#kit/results.ts';
import { tasksFailedUnhealthy, tasksOf } from '#kit/tasks.ts';
import { API_REPLICAS, NUMBERS_STACK_MESSAGES, type NumbersStack, withStack } from '../../stack.ts';

const needs = ['stack-v2'];

const checks: ExerciseChecks = [
  stateCheck('stack-v2', {
    messages: [...NUMBERS_STACK_MESSAGES, 'stack-not-v2'],
    evaluate: (context) => withStack(context, stackOnV2),
  }),
  questionCheck('web-mode', {
    messages: [...NUMBERS_STACK_MESSAGES, 'mode-swapped', 'mode-wrong'],
    needs,
    input: { type: 'choice', options: ['replicated', 'global', 'host'] },
    evaluate: (answer, context) =>
      withStack(context, ({ web }) => {
        const mode = web.spec.mode.type;
        if (answer === mode) return passed({ mode });
        return answer === 'host' ? failed('mode-swapped', {}, { mode }) : failed('mode-wrong', {}, { mode });
      }),
  }),
  questionCheck('ports-column', {
    messages: [
      ...NUMBERS_STACK_MESSAGES,
      'ports-not-empty',
      'port-is-published',
      'mode-is-not-the-cause',
      'tasks-have-started',
    ],
    needs,
    input: { type: 'choice', options: ['host-mode', 'not-published', 'global-mode', 'starting'] },
    evaluate: (answer, context) => withStack(context, (stack) => portsColumn(answer, stack)),
  }),
  questionCheck('update-parallelism', {
    messages: [...NUMBERS_STACK_MESSAGES, 'parallelism-wrong'],
    needs,
    input: { type: 'number', min: 0, max: 99 },
    evaluate: (answer, context) =>
      withStack(context, ({ api }) => {
        // A spec without settings gets Docker's default: one at a time.
        const parallelism = api.spec.updateConfig?.parallelism ?? 1;
        return Number(answer) === parallelism
          ? passed({ parallelism })
          : failed('parallelism-wrong', {}, { parallelism });
      }),
  }),
  questionCheck('shutdown-tasks', {
    messages: [...NUMBERS_STACK_MESSAGES, 'shutdown-tasks-wrong'],
    needs,
    input: { type: 'number', min: 0, max: 999 },
    evaluate: (answer, context) =>
      withStack(context, ({ swarm, api }) => {
        const shutdown = tasksOf(swarm, api).filter((task) => task.desiredState === 'shutdown').length;
        return Number(answer) === shutdown
          ? passed({ shutdown })
          : failed('shutdown-tasks-wrong', {}, { shutdown });
      }),
  }),
  stateCheck('healed', {
    messages: [...NUMBERS_STACK_MESSAGES, ...HEALTHY_MESSAGES, 'nothing-failed'],
    needs,
    evaluate: (context) => withStack(context, (stack) => healed(context, stack)),
  }),
  questionCheck('failed-slot', {
    messages: [...NUMBERS_STACK_MESSAGES, 'nothing-failed', 'slot-wrong'],
    needs,
    input: { type: 'number', min: 1, max: 999 },
    evaluate: (answer, context) =>
      withStack(context, (stack) => {
        const slots = [...new Set(failures(context, stack).map((failure) => failure.slot))];
        if (slots.length === 0) return failed('nothing-failed');
        return slots.includes(Number(answer))
          ? passed({ slots })
          : failed('slot-wrong', { slot: answer }, { slots });
      }),
  }),
  questionCheck('what-healed', {
    messages: [...NUMBERS_STACK_MESSAGES, 'nothing-failed', 'not-a-crash', 'not-an-update', 'not-scaled'],
    needs,
    input: { type: 'choice', options: ['health-check', 'process-ended', 'rolling-update', 'lower-replicas'] },
    evaluate: (answer, context) => withStack(context, (stack) => whatHealed(answer, context, stack)),
  }),
];

export default checks;

function stackOnV2({ api, web }: NumbersStack): CheckResult<'stack-not-v2'> {
  if (!sameImage(web.spec.image, 'numbers-web:v2')) return notV2(web.name, web.spec.image);
  const hasHealthcheck = (api.spec.healthcheck?.test.length ?? 0) > 0;
  return sameImage(api.spec.image, 'numbers-api:v2') && hasHealthcheck
    ? PASSED
    : notV2(api.name, api.spec.image);
}

function notV2(service: string, image: string): CheckResult<'stack-not-v2'> {
  const seen = imageRef(image);
  return failed('stack-not-v2', { service, seen }, { service, image: seen });
}

function portsColumn(
  answer: string,
  { web }: NumbersStack,
): CheckResult<'ports-not-empty' | 'port-is-published' | 'mode-is-not-the-cause' | 'tasks-have-started'> {
  const publishModes = web.spec.ports.map((port) => port.publishMode);
  const seen = { publishModes };
  if (publishModes.includes('ingress')) return failed('ports-not-empty', {}, seen);
  const isPublished = publishModes.length > 0;
  if (answer === 'host-mode' && isPublished) return passed(seen);
  if (answer === 'not-published' && !isPublished) return passed(seen);
  if (answer === 'global-mode') return failed('mode-is-not-the-cause', {}, seen);
  return failed(answer === 'starting' ? 'tasks-have-started' : 'port-is-published', {}, seen);
}

interface Failure {
  readonly slot: number | null;
  readonly atMs: number;
}

/**
 * Tasks of the API that the health check ended since the exercise began. The engine forgets tasks beyond five per
 * slot; the history does not.
 */
function failures({ history, start }: CheckContext, { swarm, api }: NumbersStack): Failure[] {
  const listed = tasksFailedUnhealthy(swarm, api)
    .filter((task: SwarmTask) => task.stateAtMs >= start.atMs)
    .map((task) => ({ slot: task.slot, atMs: task.stateAtMs }));
  const recorded = entriesOf(history, 'task-state', api.id)
    .filter((entry) => entry.seq > start.seq && entry.new === 'failed' && /unhealthy/.test(entry.error ?? ''))
    .map((entry) => ({ slot: entry.slot, atMs: entry.atMs }));
  return [...recorded, ...listed];
}

function healed(context: CheckContext, stack: NumbersStack): CheckResult<HealthyMessage | 'nothing-failed'> {
  const [first] = failures(context, stack);
  if (first === undefined) return failed('nothing-failed');
  const healthy = replicasHealthy(context.snapshot, stack.swarm, stack.api, API_REPLICAS);
  return healthy.verdict === 'passed' ? { ...healthy, provenAtMs: first.atMs } : healthy;
}

function whatHealed(
  answer: string,
  context: CheckContext,
  stack: NumbersStack,
): CheckResult<'nothing-failed' | 'not-a-crash' | 'not-an-update' | 'not-scaled'> {
  if (failures(context, stack).length === 0) return failed('nothing-failed');
  if (answer === 'health-check') return PASSED;
  if (answer === 'process-ended') return failed('not-a-crash');
  return answer === 'rolling-update' ? failed('not-an-update') : failed('not-scaled');
}
