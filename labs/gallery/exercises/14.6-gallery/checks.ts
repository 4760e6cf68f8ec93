import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import { GLOBAL_MESSAGES, globalRunning, REPLICAS_MESSAGES, replicasRunning } from '#kit/capacity.ts';
import { questionCheck, stateCheck } from '#kit/define-check.ts';
import { HEALTHY_MESSAGES, replicasHealthy } from '#kit/health.ts';
import { imageRef, sameImage } from '#kit/image-ref.ts';
import { hostPort, PORT_MESSAGES } from '#kit/ports.ts';
import { failed, firstProblem, PASSED, passed, pending } from '#kit/results.ts';
import { IMAGE_MESSAGES, imageByStack } from '#kit/stack.ts';
import { liveTasksOfSpec, tasksOf } from '#kit/tasks.ts';
import { SETTLED_MESSAGES, settled } from '#kit/update-progress.ts';
import {
  IOTD_HEALTHCHECK_MESSAGES,
  iotdHealthcheck,
  rollbackSettings,
  SETTING_MESSAGES,
  UPDATE_SETTING_MESSAGES,
  updateSettings,
  updatesSafely,
} from '../../settings.ts';
import {
  GALLERY_MESSAGES,
  type Gallery,
  IOTD_REPLICAS,
  STACK,
  stackDeployed,
  V1_IMAGE,
  V2_IMAGE,
  withGallery,
} from '../../stack.ts';
import { latestUpgrade, ranElsewhere, type Upgrade } from '../../upgrade.ts';

const WEB_PORT = { published: 80, target: 80 };

const FRONT_MESSAGES = [
  ...PORT_MESSAGES,
  ...GLOBAL_MESSAGES,
  ...REPLICAS_MESSAGES,
  'front-start-first',
] as const;
type FrontMessage = (typeof FRONT_MESSAGES)[number];

const V1_READY_MESSAGES = [
  ...HEALTHY_MESSAGES,
  ...SETTLED_MESSAGES,
  'v1-skipped',
  'recreated',
  'v1-unfinished',
  'v1-without-health',
  'rollback-settings-late',
] as const;
type V1ReadyMessage = (typeof V1_READY_MESSAGES)[number];

const UPDATED_MESSAGES = [...SETTLED_MESSAGES, 'tasks-old', 'update-settings-late'] as const;
type UpdatedMessage = (typeof UPDATED_MESSAGES)[number];

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: GALLERY_MESSAGES, evaluate: stackDeployed }),
  stateCheck('healthcheck', {
    messages: [...GALLERY_MESSAGES, ...IOTD_HEALTHCHECK_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) => withGallery(context, ({ iotd }) => iotdHealthcheck(iotd)),
  }),
  stateCheck('replicas', {
    messages: [...GALLERY_MESSAGES, ...REPLICAS_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) =>
      withGallery(context, ({ swarm, iotd }) => replicasRunning(swarm, iotd, IOTD_REPLICAS)),
  }),
  stateCheck('update-settings', {
    messages: [...GALLERY_MESSAGES, ...UPDATE_SETTING_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) => withGallery(context, ({ iotd }) => updateSettings(iotd)),
  }),
  stateCheck('rollback-settings', {
    messages: [...GALLERY_MESSAGES, ...SETTING_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) =>
      withGallery(context, ({ iotd }) => rollbackSettings(iotd.name, iotd.spec.rollbackConfig)),
  }),
  stateCheck('front-end', {
    messages: [...GALLERY_MESSAGES, ...FRONT_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) => withGallery(context, frontEnd),
  }),
  stateCheck('v1-ready', {
    messages: [...GALLERY_MESSAGES, ...V1_READY_MESSAGES],
    needs: ['stack-deployed', 'healthcheck'],
    evaluate: (context) => withGallery(context, (gallery) => v1Ready(context, gallery)),
  }),
  stateCheck('images-v2', {
    messages: [...GALLERY_MESSAGES, ...IMAGE_MESSAGES, 'rolled-back'],
    needs: ['stack-deployed'],
    evaluate: (context) => withGallery(context, imagesV2),
  }),
  stateCheck('updated', {
    messages: [...GALLERY_MESSAGES, ...UPDATED_MESSAGES],
    needs: ['v1-ready', 'images-v2'],
    evaluate: (context) => withGallery(context, (gallery) => updated(context, gallery)),
  }),
  stateCheck('capacity-kept', {
    messages: [...GALLERY_MESSAGES, 'capacity-dropped', 'capacity-seen', 'capacity-watched'],
    needs: ['v1-ready', 'images-v2'],
    evaluate: (context) => withGallery(context, (gallery) => capacityKept(context, gallery)),
  }),
  questionCheck('way-back', {
    messages: [...GALLERY_MESSAGES, 'way-back-current', 'way-back-wrong', 'way-back-same'],
    needs: ['updated'],
    input: { type: 'text', maxLength: 60 },
    evaluate: (answer, context) => withGallery(context, (gallery) => wayBack(answer, gallery)),
  }),
  questionCheck('old-tasks', {
    messages: [...GALLERY_MESSAGES, 'old-tasks-wrong'],
    needs: ['updated'],
    input: { type: 'number', min: 0, max: 99 },
    evaluate: (answer, context) =>
      withGallery(context, ({ swarm, iotd }) => {
        const n = tasksOf(swarm, iotd).filter((task) => sameImage(task.image, V1_IMAGE)).length;
        return Number(answer) === n ? passed({ n }) : failed('old-tasks-wrong', {}, { n });
      }),
  }),
];

export default checks;

/** One on this node, in host mode; the new one can't start while the old one holds the port. */
function frontEnd({ swarm, web }: Gallery): CheckResult<FrontMessage> {
  const { mode, updateConfig } = web.spec;
  return firstProblem<FrontMessage>(
    () => hostPort(web, WEB_PORT),
    () =>
      updateConfig?.order === 'start-first' ? failed('front-start-first', { service: web.name }) : PASSED,
    () => (mode.type === 'global' ? globalRunning(swarm, web) : replicasRunning(swarm, web, 1)),
  );
}

/** v1 stands complete, with all settings: now, or when the update to v2 began. */
function v1Ready(context: CheckContext, { swarm, iotd }: Gallery): CheckResult<V1ReadyMessage> {
  if (sameImage(iotd.spec.image, V1_IMAGE)) {
    return firstProblem<V1ReadyMessage>(
      () => (iotd.updateStatus?.state === 'rollback_completed' ? PASSED : settled(swarm, iotd)),
      () => replicasHealthy(context.snapshot, swarm, iotd, IOTD_REPLICAS),
      () => rollbackStored(iotd.name, iotd.spec.rollbackConfig),
    );
  }
  const upgrade = latestUpgrade(context.history, iotd.id);
  if (upgrade !== null) return v1WasReady(iotd.name, upgrade);
  const message = ranElsewhere(context.history, iotd.name, iotd.id) ? 'recreated' : 'v1-skipped';
  return failed(message, { service: iotd.name, image: imageRef(iotd.spec.image) });
}

function v1WasReady(service: string, upgrade: Upgrade): CheckResult<V1ReadyMessage> {
  const { runningBefore: n, checkedBefore, startedAtMs } = upgrade;
  if (n < IOTD_REPLICAS) return failed('v1-unfinished', { service, n, expected: IOTD_REPLICAS });
  if (!checkedBefore) return failed('v1-without-health', { service });
  const stored = rollbackStored(service, upgrade.storedRollbackConfig);
  return stored.verdict === 'passed' ? { verdict: 'passed', provenAtMs: startedAtMs, seen: { n } } : stored;
}

function rollbackStored(
  service: string,
  found: Upgrade['storedRollbackConfig'],
): CheckResult<'rollback-settings-late'> {
  const stored = rollbackSettings(service, found).verdict === 'passed';
  return stored ? PASSED : failed('rollback-settings-late', { service });
}

function imagesV2({ swarm, iotd, accesslog, web }: Gallery) {
  // A rollback explains the image better than the image does.
  if (iotd.updateStatus?.state === 'rollback_completed')
    return settled(swarm, iotd) as CheckResult<'rolled-back'>;
  return firstProblem(
    () => imageByStack(iotd, V2_IMAGE),
    () => imageByStack(accesslog, 'gallery-accesslog:v2'),
    () => imageByStack(web, 'gallery-web:v2'),
  );
}

function updated(
  context: CheckContext,
  { swarm, iotd, accesslog, web }: Gallery,
): CheckResult<UpdatedMessage> {
  return firstProblem<UpdatedMessage>(
    () => settled(swarm, iotd),
    () => settled(swarm, accesslog),
    () => settled(swarm, web),
    () => {
      const n = liveTasksOfSpec(swarm, iotd).length;
      const values = { n, expected: IOTD_REPLICAS, image: V2_IMAGE };
      return n === IOTD_REPLICAS ? PASSED : pending('tasks-old', values, { n });
    },
    () => {
      const upgrade = latestUpgrade(context.history, iotd.id);
      if (upgrade === null || updatesSafely(upgrade.updateConfig)) return PASSED;
      return failed('update-settings-late', { service: iotd.name });
    },
  );
}

function capacityKept(
  context: CheckContext,
  { iotd }: Gallery,
): CheckResult<'capacity-dropped' | 'capacity-seen' | 'capacity-watched'> {
  const upgrade = latestUpgrade(context.history, iotd.id);
  if (upgrade === null) return pending('capacity-watched', { expected: IOTD_REPLICAS });
  const n = upgrade.leastRunning;
  const values = { service: iotd.name, n, expected: IOTD_REPLICAS };
  if (n < IOTD_REPLICAS) return failed('capacity-dropped', values, { leastRunning: n });
  if (upgrade.completedAtMs === null) {
    return pending('capacity-watched', { expected: IOTD_REPLICAS }, { leastRunning: n });
  }
  const seconds = Math.round((upgrade.completedAtMs - upgrade.startedAtMs) / 1000);
  return {
    verdict: 'passed',
    message: 'capacity-seen',
    values: { n, seconds },
    provenAtMs: upgrade.completedAtMs,
    seen: { leastRunning: n, seconds },
  };
}

function wayBack(
  answer: string,
  { iotd }: Gallery,
): CheckResult<'way-back-current' | 'way-back-wrong' | 'way-back-same'> {
  const previous = iotd.previousSpec === null ? null : imageRef(iotd.previousSpec.image);
  const named = answer.toLowerCase().replaceAll('`', '');
  const says = (image: string): boolean => named === image || named === (image.split(':').at(-1) ?? '');
  if (previous === null || sameImage(previous, iotd.spec.image))
    return failed('way-back-same', { stack: STACK });
  if (says(previous)) return passed({ previous });
  if (says(imageRef(iotd.spec.image))) return failed('way-back-current', { service: iotd.name });
  return failed('way-back-wrong', { service: iotd.name }, { previous });
}
