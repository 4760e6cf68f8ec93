import type { CheckResult, StateCheck } from '#contract/check.ts';
import type { SwarmService, SwarmView, UpdateConfig } from '#contract/swarm-snapshot.ts';
import { stateCheck } from './define-check.ts';
import { eligibleNodes } from './eligible-nodes.ts';
import { imageRef, sameImage } from './image-ref.ts';
import { failed, firstProblem, PASSED, pending } from './results.ts';
import { serviceByName } from './services.ts';
import { SWARM_MESSAGES, withSwarm } from './swarm.ts';
import { liveTasksOfSpec } from './tasks.ts';
import { type WantedSettings, wrongSetting } from './update-settings.ts';

/** Messages that {@link serviceAtStart} may give. */
export const START_MESSAGES = [
  ...SWARM_MESSAGES,
  'start-service-missing',
  'start-image',
  'start-mode',
  'start-replicas',
  'start-in-motion',
  'start-paused',
  'start-healthcheck',
  'start-no-healthcheck',
  'start-setting',
  'start-no-settings',
  'start-env',
] as const;
type StartMessage = (typeof START_MESSAGES)[number];

export interface ServiceAtStart {
  readonly image: string;
  /** Every replica runs the image; `global`: one task on each node that may take one. */
  readonly replicas: number | 'global';
  /** Whether the spec carries a health check; not looked at unless told. */
  readonly healthcheck?: boolean;
  /** Settings that the spec must have; `null`: it must have none. Not looked at unless told. */
  readonly updateConfig?: WantedSettings | null;
  readonly rollbackConfig?: WantedSettings | null;
  /** The spec's environment, in any order. Not looked at unless told. */
  readonly env?: readonly string[];
}

/** For `start.ts`: how one service stands where an exercise begins, settled. Its name is that of the API. */
export function serviceAtStart(name: string, wanted: ServiceAtStart): StateCheck {
  return stateCheck(name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), {
    messages: START_MESSAGES,
    evaluate: (context) =>
      withSwarm<StartMessage>(context, (swarm) => {
        const service = serviceByName(swarm, name);
        if (service === null) return failed('start-service-missing', { service: name });
        return firstProblem<StartMessage>(
          () => imageAtStart(service, wanted.image),
          () => specAtStart(service, wanted),
          () => settingsAtStart(service, 'update_config', service.spec.updateConfig, wanted.updateConfig),
          () =>
            settingsAtStart(service, 'rollback_config', service.spec.rollbackConfig, wanted.rollbackConfig),
          () => restAtStart(service),
          () => tasksAtStart(swarm, service, wanted.replicas),
        );
      }),
  });
}

function imageAtStart(service: SwarmService, image: string): CheckResult<'start-image'> {
  if (sameImage(service.spec.image, image)) return PASSED;
  return failed('start-image', { service: service.name, seen: imageRef(service.spec.image), image });
}

function specAtStart(
  { name, spec }: SwarmService,
  wanted: ServiceAtStart,
): CheckResult<'start-mode' | 'start-replicas' | 'start-healthcheck' | 'start-no-healthcheck' | 'start-env'> {
  const isGlobal = wanted.replicas === 'global';
  if (isGlobal !== (spec.mode.type === 'global')) return failed('start-mode', { service: name });
  if (spec.mode.type === 'replicated' && spec.mode.replicas !== wanted.replicas) {
    return failed('start-replicas', { service: name, n: spec.mode.replicas, expected: wanted.replicas });
  }
  const hasHealthcheck = (spec.healthcheck?.test.length ?? 0) > 0 && spec.healthcheck?.test[0] !== 'NONE';
  if (wanted.healthcheck === true && !hasHealthcheck) return failed('start-healthcheck', { service: name });
  if (wanted.healthcheck === false && hasHealthcheck)
    return failed('start-no-healthcheck', { service: name });
  const env = [...spec.env].sort().join(', ');
  const wantedEnv = wanted.env === undefined ? env : [...wanted.env].sort().join(', ');
  if (env === wantedEnv) return PASSED;
  return failed('start-env', { service: name, seen: env || '-', expected: wantedEnv || '-' });
}

function settingsAtStart(
  service: SwarmService,
  section: 'update_config' | 'rollback_config',
  found: UpdateConfig | null,
  wanted: WantedSettings | null | undefined,
): CheckResult<'start-setting' | 'start-no-settings'> {
  if (wanted === undefined) return PASSED;
  if (wanted === null) {
    return found === null ? PASSED : failed('start-no-settings', { service: service.name, section });
  }
  const wrong = wrongSetting(found, wanted);
  if (wrong === null) return PASSED;
  const { field, seen, expected } = wrong;
  return failed('start-setting', { service: service.name, setting: `${section}.${field}`, seen, expected });
}

function restAtStart({ name, updateStatus }: SwarmService): CheckResult<'start-in-motion' | 'start-paused'> {
  const state = updateStatus?.state ?? '';
  if (state === 'updating' || state === 'rollback_started') {
    return pending('start-in-motion', { service: name });
  }
  return state.endsWith('paused') ? failed('start-paused', { service: name }) : PASSED;
}

function tasksAtStart(
  swarm: SwarmView,
  service: SwarmService,
  replicas: number | 'global',
): CheckResult<'start-replicas'> {
  const expected = replicas === 'global' ? eligibleNodes(swarm, service.spec).length : replicas;
  const n = liveTasksOfSpec(swarm, service).length;
  return n === expected ? PASSED : pending('start-replicas', { service: service.name, n, expected });
}
