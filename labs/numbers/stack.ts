import type { CheckContext, CheckResult } from '#contract/check.ts';
import type { SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import { failed } from '#kit/results.ts';
import { serviceByName } from '#kit/services.ts';
import { stackServices } from '#kit/stack.ts';
import { SWARM_MESSAGES, withSwarm } from '#kit/swarm.ts';

export const STACK = 'numbers';
export const API_SERVICE = `${STACK}_numbers-api`;
export const WEB_SERVICE = `${STACK}_numbers-web`;
export const NETWORK = 'numbers-prod';
export const API_REPLICAS = 6;

export const NUMBERS_STACK_MESSAGES = [
  ...SWARM_MESSAGES,
  'stack-missing',
  'stack-other-name',
  'service-missing',
  'service-by-hand',
] as const;
export type NumbersStackMessage = (typeof NUMBERS_STACK_MESSAGES)[number];

export interface NumbersStack {
  readonly swarm: SwarmView;
  readonly api: SwarmService;
  readonly web: SwarmService;
}

/** The stack is deployed under its name, both services by `docker stack deploy`. */
export function stackDeployed(context: CheckContext): CheckResult<NumbersStackMessage> {
  return withSwarm(context, (swarm) => stackServices(swarm, STACK, ['numbers-api', 'numbers-web']));
}

/** Judges the two services; says what is missing where one of them is not there. */
export function withStack<M extends string>(
  context: CheckContext,
  judge: (stack: NumbersStack) => CheckResult<M>,
): CheckResult<M | NumbersStackMessage> {
  return withSwarm<M | NumbersStackMessage>(context, (swarm) => {
    const deployed = stackServices(swarm, STACK, ['numbers-api', 'numbers-web']);
    if (deployed.verdict !== 'passed') return deployed;
    const api = serviceByName(swarm, API_SERVICE);
    const web = serviceByName(swarm, WEB_SERVICE);
    if (api === null || web === null) return failed('stack-missing', { stack: STACK });
    return judge({ swarm, api, web });
  });
}
