import type { CheckResult } from '#contract/check.ts';
import type { UpdateConfig } from '#contract/swarm-snapshot.ts';
import { durationText } from './durations.ts';
import { failed, passed } from './results.ts';

/** Messages that {@link updateSettings} may give. */
export const SETTINGS_MESSAGES = ['settings-missing', 'settings-wrong'] as const;
export type SettingsMessage = (typeof SETTINGS_MESSAGES)[number];

/** What `update_config` or `rollback_config` must say; what is left out may be anything. */
export type WantedSettings = Partial<UpdateConfig>;

const COMPOSE_KEYS: Readonly<Record<keyof UpdateConfig, string>> = {
  parallelism: 'parallelism',
  delayNs: 'delay',
  monitorNs: 'monitor',
  failureAction: 'failure_action',
  maxFailureRatio: 'max_failure_ratio',
  order: 'order',
};

/**
 * Settings as they are stored, compared one by one in the words of a Compose file. Of `monitor: 0s` nothing is stored,
 * so it is as good as left out.
 */
export function updateSettings(
  service: string,
  section: 'update_config' | 'rollback_config',
  found: UpdateConfig | null,
  wanted: WantedSettings,
): CheckResult<SettingsMessage> {
  if (found === null) return failed('settings-missing', { service, section }, { [section]: null });
  const wrong = wrongSetting(found, wanted);
  if (wrong === null) return passed({ [section]: { ...found } });
  return failed('settings-wrong', { service, section, ...wrong }, { [section]: { ...found } });
}

/** The first setting that differs, as a Compose file writes it; `-` for one that is not there. */
export function wrongSetting(
  found: UpdateConfig | null,
  wanted: WantedSettings,
): { readonly field: string; readonly seen: string; readonly expected: string } | null {
  for (const [name, expected] of Object.entries(wanted)) {
    const key = name as keyof UpdateConfig;
    const seen = found?.[key] ?? null;
    if (seen === expected) continue;
    return { field: COMPOSE_KEYS[key], seen: settingText(key, seen), expected: settingText(key, expected) };
  }
  return null;
}

function settingText(key: keyof UpdateConfig, value: string | number | null): string {
  if (value === null) return '-';
  return key.endsWith('Ns') ? durationText(Number(value)) : String(value);
}
