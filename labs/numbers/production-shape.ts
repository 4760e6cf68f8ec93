import type { CheckResult } from '#contract/check.ts';
import { MEBIBYTE } from '#kit/durations.ts';
import { LIMITS_MESSAGES, type LimitsMessage, resourceLimits } from '#kit/limits.ts';
import { hostPort, PORT_MESSAGES } from '#kit/ports.ts';
import { failed, firstProblem, PASSED } from '#kit/results.ts';
import { API_REPLICAS, type NumbersStack } from './stack.ts';

/** What `prod.yml` sets. */
export const WEB_PORT = { published: 80, target: 80 } as const;
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

function replicasSpec({ api }: NumbersStack): CheckResult<'replicas-spec'> {
  const n = api.spec.mode.type === 'replicated' ? api.spec.mode.replicas : 0;
  if (n === API_REPLICAS) return PASSED;
  return failed('replicas-spec', { service: api.name, n, expected: API_REPLICAS }, { replicas: n });
}
