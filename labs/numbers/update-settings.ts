import { SECOND_NS } from '#kit/durations.ts';
import type { WantedSettings } from '#kit/update-settings.ts';

/** What `prod-update-config.yml` sets. */
export const UPDATE_SETTINGS = {
  parallelism: 3,
  delayNs: null,
  monitorNs: 20 * SECOND_NS,
  failureAction: 'rollback',
  maxFailureRatio: 0,
  order: 'start-first',
} as const satisfies WantedSettings;

/** What `prod-rollback-config.yml` sets. Its `monitor: 0s` is stored as "not set"; other windows do no harm here. */
export const ROLLBACK_SETTINGS = {
  parallelism: 6,
  failureAction: 'continue',
  order: 'start-first',
} as const satisfies WantedSettings;
