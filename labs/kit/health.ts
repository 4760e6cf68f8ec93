import type { CheckResult } from '#contract/check.ts';
import type { Healthcheck, LabSnapshot, SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import { durationText } from './durations.ts';
import { failed, PASSED, passed, pending } from './results.ts';
import { healthOf, liveTasksOfSpec } from './tasks.ts';

/** Messages that {@link healthcheckInSpec} may give. */
export const HEALTHCHECK_MESSAGES = [
  'healthcheck-missing',
  'healthcheck-disabled',
  'healthcheck-test-missing',
  'healthcheck-values',
] as const;
export type HealthcheckMessage = (typeof HEALTHCHECK_MESSAGES)[number];

export interface WantedHealthcheck {
  readonly intervalNs: number;
  readonly timeoutNs: number;
  readonly startPeriodNs: number;
  readonly retries: number;
}

/** The service's own spec carries the health check: one that only the image brings along does not count. */
export function healthcheckInSpec(
  service: SwarmService,
  wanted: WantedHealthcheck,
): CheckResult<HealthcheckMessage> {
  const { healthcheck } = service.spec;
  const values = { service: service.name };
  if (healthcheck === null) return failed('healthcheck-missing', values, { healthcheck: null });
  const seen = { test: healthcheck.test, ...numbersOf(healthcheck) };
  if (healthcheck.test[0] === 'NONE') return failed('healthcheck-disabled', values, seen);
  if (healthcheck.test.length === 0) return failed('healthcheck-test-missing', values, seen);
  for (const [field, actual, expected] of settingsOf(healthcheck, wanted)) {
    if (actual !== expected)
      return failed('healthcheck-values', { ...values, field, seen: actual, expected }, seen);
  }
  return PASSED;
}

function numbersOf(healthcheck: Healthcheck) {
  const { intervalNs, timeoutNs, startPeriodNs, retries } = healthcheck;
  return { intervalNs, timeoutNs, startPeriodNs, retries };
}

/** Field of the Compose file, what is stored, what is wanted: as the learner writes them. */
function settingsOf(healthcheck: Healthcheck, wanted: WantedHealthcheck): [string, string, string][] {
  const text = (durationNs: number | null): string => (durationNs === null ? '-' : durationText(durationNs));
  return [
    ['interval', text(healthcheck.intervalNs), text(wanted.intervalNs)],
    ['timeout', text(healthcheck.timeoutNs), text(wanted.timeoutNs)],
    ['retries', String(healthcheck.retries ?? '-'), String(wanted.retries)],
    ['start_period', text(healthcheck.startPeriodNs), text(wanted.startPeriodNs)],
  ];
}

/** Messages that {@link replicasHealthy} may give. */
export const HEALTHY_MESSAGES = ['health-none', 'health-unhealthy', 'health-starting'] as const;
export type HealthyMessage = (typeof HEALTHY_MESSAGES)[number];

/** As many replicas as expected run the spec's image, and the container of each is healthy. */
export function replicasHealthy(
  snapshot: LabSnapshot,
  swarm: SwarmView,
  service: SwarmService,
  expected: number,
): CheckResult<HealthyMessage> {
  const health = liveTasksOfSpec(swarm, service).map((task) => healthOf(snapshot, task));
  const count = (wanted: string): number => health.filter((one) => one === wanted).length;
  const healthy = count('healthy');
  const seen = { healthy, starting: count('starting'), unhealthy: count('unhealthy'), none: count('none') };
  const values = { service: service.name, n: healthy, expected };
  if (healthy === expected && health.length === expected) return passed(seen);
  if (seen.unhealthy > 0) return pending('health-unhealthy', { ...values, n: seen.unhealthy }, seen);
  if (seen.none === expected) return failed('health-none', values, seen);
  return pending('health-starting', values, seen);
}
