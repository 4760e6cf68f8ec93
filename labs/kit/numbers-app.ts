import type { CheckContext, CheckResult } from '#contract/check.ts';
import type { SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import { GLOBAL_MESSAGES, globalRunning, REPLICAS_MESSAGES, replicasRunning } from './capacity.ts';
import { withMainSwarm } from './main-swarm.ts';
import { failed, firstProblem } from './results.ts';
import { serviceByName } from './services.ts';
import { STACK_MESSAGES, type StackMessage, stackServices } from './stack.ts';
import { SWARM_MESSAGES } from './swarm.ts';

/** The random-number application, which several labs run: its stack as the production files leave it. */
export const NUMBERS = {
  stack: 'numbers',
  api: 'numbers_numbers-api',
  web: 'numbers_numbers-web',
  replicas: 6,
  webPort: { published: 80, target: 80 },
} as const;

export interface NumbersApp {
  readonly swarm: SwarmView;
  readonly api: SwarmService;
  readonly web: SwarmService;
}

/** Messages that {@link withNumbers} may give. */
export const NUMBERS_MESSAGES = [...SWARM_MESSAGES, ...STACK_MESSAGES] as const;
export type NumbersMessage = (typeof NUMBERS_MESSAGES)[number];

/** Judges the application on the lab's main swarm; says what is missing where a service is not there. */
export function withNumbers<M extends string>(
  context: CheckContext,
  judge: (app: NumbersApp) => CheckResult<M>,
): CheckResult<M | NumbersMessage> {
  return withMainSwarm<M | StackMessage>(context, (swarm) => numbersOn(swarm, judge));
}

/** As {@link withNumbers}, on a swarm that is known. */
export function numbersOn<M extends string>(
  swarm: SwarmView,
  judge: (app: NumbersApp) => CheckResult<M>,
): CheckResult<M | StackMessage> {
  const deployed = stackServices(swarm, NUMBERS.stack, ['numbers-api', 'numbers-web']);
  if (deployed.verdict !== 'passed') return deployed;
  const api = serviceByName(swarm, NUMBERS.api);
  const web = serviceByName(swarm, NUMBERS.web);
  if (api === null || web === null) return failed('stack-missing', { stack: NUMBERS.stack });
  return judge({ swarm, api, web });
}

/** Messages that {@link numbersServes} may give. */
export const SERVING_MESSAGES = [...REPLICAS_MESSAGES, ...GLOBAL_MESSAGES] as const;
export type ServingMessage = (typeof SERVING_MESSAGES)[number];

/** All replicas of the API run, and the web page on every node that may take a task. */
export function numbersServes({ swarm, api, web }: NumbersApp): CheckResult<ServingMessage> {
  return firstProblem<ServingMessage>(
    () => replicasRunning(swarm, api, NUMBERS.replicas),
    () => globalRunning(swarm, web),
  );
}
