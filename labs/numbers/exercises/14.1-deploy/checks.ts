import type { ExerciseChecks } from '#contract/check.ts';
import { GLOBAL_MESSAGES, globalRunning, REPLICAS_MESSAGES, replicasRunning } from '#kit/capacity.ts';
import { stateCheck } from '#kit/define-check.ts';
import { LIMITS_MESSAGES } from '#kit/limits.ts';
import { NETWORK_MESSAGES, overlayOfStack } from '#kit/networks.ts';
import { hostPort, PORT_MESSAGES } from '#kit/ports.ts';
import { firstProblem, PASSED } from '#kit/results.ts';
import { IMAGE_MESSAGES, imageByStack } from '#kit/stack.ts';
import { SWARM_MESSAGES, withSwarm } from '#kit/swarm.ts';
import { productionLimits, WEB_PORT } from '../../production-shape.ts';
import {
  API_REPLICAS,
  NETWORK,
  NUMBERS_STACK_MESSAGES,
  STACK,
  stackDeployed,
  withStack,
} from '../../stack.ts';

const needs = ['stack-deployed'];

const checks: ExerciseChecks = [
  stateCheck('swarm-active', {
    messages: SWARM_MESSAGES,
    evaluate: (context) => withSwarm(context, () => PASSED),
  }),
  stateCheck('stack-deployed', {
    messages: NUMBERS_STACK_MESSAGES,
    needs: ['swarm-active'],
    evaluate: stackDeployed,
  }),
  stateCheck('images-v1', {
    messages: [...NUMBERS_STACK_MESSAGES, ...IMAGE_MESSAGES],
    needs,
    evaluate: (context) =>
      withStack(context, ({ api, web }) =>
        firstProblem(
          () => imageByStack(api, 'numbers-api:v1'),
          () => imageByStack(web, 'numbers-web:v1'),
        ),
      ),
  }),
  stateCheck('network', {
    messages: [...NUMBERS_STACK_MESSAGES, ...NETWORK_MESSAGES],
    needs,
    evaluate: (context) =>
      withStack(context, ({ swarm, api, web }) =>
        overlayOfStack(swarm, { network: NETWORK, stack: STACK, services: [api, web] }),
      ),
  }),
  stateCheck('api-replicas', {
    messages: [...NUMBERS_STACK_MESSAGES, ...REPLICAS_MESSAGES],
    needs,
    evaluate: (context) => withStack(context, ({ swarm, api }) => replicasRunning(swarm, api, API_REPLICAS)),
  }),
  stateCheck('web-global', {
    messages: [...NUMBERS_STACK_MESSAGES, ...GLOBAL_MESSAGES],
    needs,
    evaluate: (context) => withStack(context, ({ swarm, web }) => globalRunning(swarm, web)),
  }),
  stateCheck('web-host-port', {
    messages: [...NUMBERS_STACK_MESSAGES, ...PORT_MESSAGES],
    needs,
    evaluate: (context) => withStack(context, ({ web }) => hostPort(web, WEB_PORT)),
  }),
  stateCheck('limits', {
    messages: [...NUMBERS_STACK_MESSAGES, ...LIMITS_MESSAGES],
    needs,
    evaluate: (context) => withStack(context, productionLimits),
  }),
];

export default checks;
