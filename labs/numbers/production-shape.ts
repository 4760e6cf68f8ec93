import type { CheckResult } from '#contract/check.ts';
import { MEBIBYTE, SECOND_NS } from '#kit/durations.ts';
import { HEALTHCHECK_MESSAGES, type HealthcheckMessage, healthcheckInSpec } from '#kit/health.ts';
import { LIMITS_MESSAGES, type LimitsMessage, resourceLimits } from '#kit/limits.ts';
import { hostPort, PORT_MESSAGES } from '#kit/ports.ts';
import { failed, firstProblem, PASSED } from '#kit/results.ts';
import { API_REPLICAS, type NumbersStack } from './stack.ts';

/** What `prod.yml` sets. */
export const WEB_PORT = { published: 80, target: 80 } as const;
/** What `prod-healthcheck.yml` sets for the API. */
export const API_HEALTHCHECK = {
  intervalNs: 2 * SECOND_NS,
  timeoutNs: 3 * SECOND_NS,
  startPeriodNs: 5 * SECOND_NS,
  retries: 2,
};

const API_LIMITS = { nanoCpus: 500_000_000, memoryBytes: 75 * MEBIBYTE };
const WEB_LIMITS = { nanoCpus: 750_000_000, memoryBytes: 150 * MEBIBYTE };

export function productionLimits({ api, web }: NumbersStack): CheckResult<LimitsMessage> {
  return firstProblem(
    () => resourceLimits(api, API_LIMITS),
    () => resourceLimits(web, WEB_LIMITS),
  );
}

/** Messages that {@link productionShape} may give. */
export const SHAPE_MESSAGES = [...PORT_MESSAGES, ...LIMITS_MESSAGES, 'replicas-spec', 'global-mode'] as const;
export type ShapeMessage = (typeof SHAPE_MESSAGES)[number];

/** The specs still say what `prod.yml` says; whether tasks run is another check's question. */
export function productionShape(stack: NumbersStack): CheckResult<ShapeMessage> {
  const { api, web } = stack;
  return firstProblem<ShapeMessage>(
    () => replicasSpec(stack),
    () => (web.spec.mode.type === 'global' ? PASSED : failed('global-mode', { service: web.name })),
    () => hostPort(web, WEB_PORT),
    () => productionLimits({ ...stack, api, web }),
  );
}

/** Messages that {@link productionKept} may give. */
export const KEPT_MESSAGES = [...SHAPE_MESSAGES, ...HEALTHCHECK_MESSAGES] as const;

/** The specs still say what `prod.yml` and `prod-healthcheck.yml` say. */
export function productionKept(stack: NumbersStack): CheckResult<ShapeMessage | HealthcheckMessage> {
  return firstProblem<ShapeMessage | HealthcheckMessage>(
    () => productionShape(stack),
    () => healthcheckInSpec(stack.api, API_HEALTHCHECK),
  );
}

function replicasSpec({ api }: NumbersStack): CheckResult<'replicas-spec'> {
  const n = api.spec.mode.type === 'replicated' ? api.spec.mode.replicas : 0;
  if (n === API_REPLICAS) return PASSED;
  return failed('replicas-spec', { service: api.name, n, expected: API_REPLICAS }, { replicas: n });
}
