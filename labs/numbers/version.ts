import type { CheckContext, CheckResult } from '#contract/check.ts';
import { HEALTHY_MESSAGES, type HealthyMessage, replicasHealthy } from '#kit/health.ts';
import { imageRef } from '#kit/image-ref.ts';
import { failed, firstProblem, passed, pending } from '#kit/results.ts';
import { type ImageMessage, imageByStack } from '#kit/stack.ts';
import { liveTasksOfSpec } from '#kit/tasks.ts';
import { SETTLED_MESSAGES, type SettledMessage, settled } from '#kit/update-progress.ts';
import { API_REPLICAS, type NumbersStack } from './stack.ts';

export const apiImage = (version: string): string => `numbers-api:${version}`;
export const webImage = (version: string): string => `numbers-web:${version}`;

/** A stack deployment asked for this version of both services. */
export function versionByStack({ api, web }: NumbersStack, version: string): CheckResult<ImageMessage> {
  return firstProblem(
    () => imageByStack(api, apiImage(version)),
    () => imageByStack(web, webImage(version)),
  );
}

/** Messages that {@link updatesSettled} may give. */
export const UPDATED_MESSAGES = [...SETTLED_MESSAGES, 'tasks-old'] as const;

/** Both services are at rest after an update, and all replicas run what the spec asks for. */
export function updatesSettled(stack: NumbersStack): CheckResult<SettledMessage | 'tasks-old'> {
  return firstProblem<SettledMessage | 'tasks-old'>(
    () => settled(stack.swarm, stack.api),
    () => settled(stack.swarm, stack.web),
    () => replicasOfSpec(stack),
  );
}

/** All replicas run the image of the spec; during an update the spec is ahead of them. */
function replicasOfSpec({ swarm, api }: NumbersStack): CheckResult<'tasks-old'> {
  const n = liveTasksOfSpec(swarm, api).length;
  if (n === API_REPLICAS) return passed({ replaced: n });
  return pending(
    'tasks-old',
    { n, expected: API_REPLICAS, image: imageRef(api.spec.image) },
    { replaced: n },
  );
}

/** Messages that {@link backOn} may give. */
export const BACK_MESSAGES = ['not-back', ...HEALTHY_MESSAGES] as const;

/** The API's spec is back at this version, however it got there, and six healthy replicas run it. */
export function backOn(
  context: CheckContext,
  { swarm, api }: NumbersStack,
  version: string,
): CheckResult<HealthyMessage | 'not-back'> {
  const seen = imageRef(api.spec.image);
  const image = apiImage(version);
  if (seen !== image) return failed('not-back', { service: api.name, seen, image }, { image: seen });
  return replicasHealthy(context.snapshot, swarm, api, API_REPLICAS);
}
