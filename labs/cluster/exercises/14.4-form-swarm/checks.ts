import type { ExerciseChecks } from '#contract/check.ts';
import { GLOBAL_MESSAGES, globalRunning, REPLICAS_MESSAGES, replicasRunning } from '#kit/capacity.ts';
import { stateCheck } from '#kit/define-check.ts';
import { withMainSwarm } from '#kit/main-swarm.ts';
import { NUMBERS, NUMBERS_MESSAGES, withNumbers } from '#kit/numbers-app.ts';
import { hostPort, PORT_MESSAGES } from '#kit/ports.ts';
import { failed, firstProblem, PASSED } from '#kit/results.ts';
import { IMAGE_MESSAGES, imageByStack } from '#kit/stack.ts';
import { SWARM_MESSAGES } from '#kit/swarm.ts';
import {
  ACTIVE_MESSAGES,
  activeAndReady,
  JOINED_MESSAGES,
  joined,
  MANAGERS_MESSAGES,
  managersAre,
} from '../../members.ts';

const ALL = ['node1', 'node2', 'node3', 'node4', 'node5'];
const MANAGERS = ['node1', 'node2', 'node3'];

const checks: ExerciseChecks = [
  stateCheck('one-swarm', {
    messages: [...SWARM_MESSAGES, ...JOINED_MESSAGES],
    evaluate: (context) => withMainSwarm(context, (swarm) => joined(context.snapshot, swarm, ALL)),
  }),
  stateCheck('three-managers', {
    messages: [...SWARM_MESSAGES, ...MANAGERS_MESSAGES],
    needs: ['one-swarm'],
    evaluate: (context) => withMainSwarm(context, (swarm) => managersAre(swarm, MANAGERS)),
  }),
  stateCheck('all-active', {
    messages: [...SWARM_MESSAGES, ...ACTIVE_MESSAGES],
    needs: ['one-swarm'],
    evaluate: (context) => withMainSwarm(context, (swarm) => activeAndReady(swarm, ALL)),
  }),
  stateCheck('stack-deployed', {
    messages: [...NUMBERS_MESSAGES, ...IMAGE_MESSAGES],
    needs: ['one-swarm'],
    evaluate: (context) =>
      withNumbers(context, ({ api, web }) =>
        firstProblem(
          () => imageByStack(api, 'numbers-api:v5'),
          () => imageByStack(web, 'numbers-web:v5'),
        ),
      ),
  }),
  stateCheck('production-shape', {
    messages: [...NUMBERS_MESSAGES, ...PORT_MESSAGES, 'healthcheck-missing', 'broken-not-off'],
    needs: ['stack-deployed'],
    evaluate: (context) =>
      withNumbers(context, ({ api, web }) =>
        firstProblem<(typeof PORT_MESSAGES)[number] | 'healthcheck-missing' | 'broken-not-off'>(
          () =>
            (api.spec.healthcheck?.test.length ?? 0) > 0
              ? PASSED
              : failed('healthcheck-missing', { service: api.name }),
          () =>
            api.spec.env.includes('Broken=false')
              ? PASSED
              : failed('broken-not-off', {}, { env: [...api.spec.env] }),
          () => hostPort(web, NUMBERS.webPort),
        ),
      ),
  }),
  stateCheck('api-replicas', {
    messages: [...NUMBERS_MESSAGES, ...REPLICAS_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) =>
      withNumbers(context, ({ swarm, api }) => replicasRunning(swarm, api, NUMBERS.replicas)),
  }),
  stateCheck('web-everywhere', {
    messages: [...NUMBERS_MESSAGES, ...GLOBAL_MESSAGES],
    needs: ['stack-deployed', 'all-active'],
    evaluate: (context) => withNumbers(context, ({ swarm, web }) => globalRunning(swarm, web)),
  }),
];

export default checks;
