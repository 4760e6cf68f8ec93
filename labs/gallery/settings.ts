import type { CheckResult } from '#contract/check.ts';
import type { Healthcheck, SwarmService, UpdateConfig } from '#contract/swarm-snapshot.ts';
import { durationText, SECOND_NS } from '#kit/durations.ts';
import { failed, firstProblem, PASSED, passed } from '#kit/results.ts';

/** Slower than this, a broken replica serves errors for too long. */
const LONGEST_INTERVAL_NS = 5 * SECOND_NS;
const SHORTEST_MONITOR_NS = 8 * SECOND_NS;

/** Docker's own, where the file is silent. */
const DEFAULT_RETRIES = 3;

export const IOTD_HEALTHCHECK_MESSAGES = [
  'healthcheck-missing',
  'healthcheck-disabled',
  'healthcheck-test-missing',
  'healthcheck-shell',
  'healthcheck-other-test',
  'healthcheck-slow',
] as const;
export type IotdHealthcheckMessage = (typeof IOTD_HEALTHCHECK_MESSAGES)[number];

/** The spec asks the image's own tool, often enough. */
export function iotdHealthcheck(service: SwarmService): CheckResult<IotdHealthcheckMessage> {
  const { healthcheck } = service.spec;
  const values = { service: service.name };
  if (healthcheck === null) return failed('healthcheck-missing', values, { healthcheck: null });
  const { test, intervalNs } = healthcheck;
  const seen = { test, intervalNs };
  if (test[0] === 'NONE') return failed('healthcheck-disabled', values, seen);
  if (test.length === 0) return failed('healthcheck-test-missing', values, seen);
  if (test[0] === 'CMD-SHELL') return failed('healthcheck-shell', values, seen);
  if (test.join(' ') !== 'CMD /gallery-iotd health') {
    return failed('healthcheck-other-test', { ...values, seen: test.join(' ') }, seen);
  }
  if (intervalNs !== null && intervalNs <= LONGEST_INTERVAL_NS) return passed(seen);
  const interval = intervalNs === null ? '30s' : durationText(intervalNs);
  return failed('healthcheck-slow', { ...values, seen: interval }, seen);
}

const UPDATE: WantedSettings = { parallelism: 2, order: 'start-first', failureAction: 'rollback' };
const ROLLBACK: WantedSettings = { parallelism: 4, order: 'start-first', failureAction: 'continue' };

type WantedSettings = Pick<UpdateConfig, 'parallelism' | 'order' | 'failureAction'>;

export const SETTING_MESSAGES = ['settings-missing', 'setting-wrong'] as const;
export type SettingMessage = (typeof SETTING_MESSAGES)[number];

export const UPDATE_SETTING_MESSAGES = [
  ...SETTING_MESSAGES,
  'monitor-short',
  'monitor-before-health',
] as const;
export type UpdateSettingMessage = (typeof UPDATE_SETTING_MESSAGES)[number];

export function updateSettings({ name, spec }: SwarmService): CheckResult<UpdateSettingMessage> {
  return firstProblem<UpdateSettingMessage>(
    () => settingsAre(name, 'update_config', spec.updateConfig, UPDATE),
    () => monitorIsLong(name, spec.updateConfig?.monitorNs ?? null, spec.healthcheck),
  );
}

export function rollbackSettings(name: string, found: UpdateConfig | null): CheckResult<SettingMessage> {
  return settingsAre(name, 'rollback_config', found, ROLLBACK);
}

export function updatesSafely(found: UpdateConfig | null): boolean {
  return settingsAre('', 'update_config', found, UPDATE).verdict === 'passed';
}

function settingsAre(
  service: string,
  section: 'update_config' | 'rollback_config',
  found: UpdateConfig | null,
  wanted: WantedSettings,
): CheckResult<SettingMessage> {
  if (found === null) return failed('settings-missing', { service, section }, { [section]: null });
  const seen = { parallelism: found.parallelism, order: found.order, failureAction: found.failureAction };
  // What the file leaves out is Docker's default; the message shows that, for it is what will happen.
  const settings: [string, string, string][] = [
    ['parallelism', String(found.parallelism), String(wanted.parallelism)],
    ['order', found.order ?? 'stop-first', String(wanted.order)],
    ['failure_action', found.failureAction ?? 'pause', String(wanted.failureAction)],
  ];
  for (const [key, actual, expected] of settings) {
    if (actual !== expected)
      return failed('setting-wrong', { service, setting: `${section}.${key}`, seen: actual, expected }, seen);
  }
  return passed(seen);
}

/** Long enough for the health check to find a replica that breaks as soon as it runs. */
function monitorIsLong(
  service: string,
  monitorNs: number | null,
  healthcheck: Healthcheck | null,
): CheckResult<'monitor-short' | 'monitor-before-health'> {
  const monitor = monitorNs === null ? '5s' : durationText(monitorNs);
  if (monitorNs === null || monitorNs < SHORTEST_MONITOR_NS) {
    const expected = durationText(SHORTEST_MONITOR_NS);
    return failed('monitor-short', { service, seen: monitor, expected }, { monitorNs });
  }
  if (healthcheck === null || healthcheck.intervalNs === null) return PASSED;
  const retries = healthcheck.retries ?? DEFAULT_RETRIES;
  const noticesAfterNs = healthcheck.intervalNs * retries;
  if (noticesAfterNs <= monitorNs) return PASSED;
  const values = { service, seen: monitor, expected: durationText(noticesAfterNs), retries };
  return failed('monitor-before-health', values, { monitorNs, noticesAfterNs });
}
