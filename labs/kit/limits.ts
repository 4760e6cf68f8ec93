import type { CheckResult } from '#contract/check.ts';
import type { SwarmService } from '#contract/swarm-snapshot.ts';
import { cpusText, memoryText } from './durations.ts';
import { failed, PASSED } from './results.ts';

/** Messages that {@link resourceLimits} may give. */
export const LIMITS_MESSAGES = ['limits-missing', 'limits-wrong'] as const;
export type LimitsMessage = (typeof LIMITS_MESSAGES)[number];

export function resourceLimits(
  service: SwarmService,
  wanted: { readonly nanoCpus: number; readonly memoryBytes: number },
): CheckResult<LimitsMessage> {
  const { nanoCpus, memoryBytes } = service.spec.limits;
  if (nanoCpus === wanted.nanoCpus && memoryBytes === wanted.memoryBytes) return PASSED;
  const values = {
    service: service.name,
    wantedCpus: cpusText(wanted.nanoCpus),
    wantedMemory: memoryText(wanted.memoryBytes),
  };
  const seen = { service: service.name, nanoCpus, memoryBytes };
  if (nanoCpus === null && memoryBytes === null) return failed('limits-missing', values, seen);
  const cpus = nanoCpus === null ? '-' : cpusText(nanoCpus);
  const memory = memoryBytes === null ? '-' : memoryText(memoryBytes);
  return failed('limits-wrong', { ...values, cpus, memory }, seen);
}
