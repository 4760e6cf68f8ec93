import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import { GLOBAL_MESSAGES, globalRunning, REPLICAS_MESSAGES, replicasRunning } from '#kit/capacity.ts';
import { stateCheck } from '#kit/define-check.ts';
import { eligibleNodes } from '#kit/eligible-nodes.ts';
import { entriesOf } from '#kit/history.ts';
import { withMainSwarm } from '#kit/main-swarm.ts';
import { NUMBERS, NUMBERS_MESSAGES, type NumbersApp, withNumbers } from '#kit/numbers-app.ts';
import { failed, passed, pending } from '#kit/results.ts';
import { sameService } from '#kit/services.ts';
import { SWARM_MESSAGES } from '#kit/swarm.ts';
import { liveTasks } from '#kit/tasks.ts';
import { ACTIVE_MESSAGES, activeAndReady } from '../../members.ts';

const checks: ExerciseChecks = [
  stateCheck('all-active', {
    messages: [...SWARM_MESSAGES, ...ACTIVE_MESSAGES],
    evaluate: (context) =>
      withMainSwarm(context, (swarm) => activeAndReady(swarm, ['node2', 'node3', 'node4', 'node5'])),
  }),
  stateCheck('forced', {
    messages: [...NUMBERS_MESSAGES, 'not-forced', 'recreated'],
    needs: ['all-active'],
    evaluate: (context) => withNumbers(context, (app) => forced(context, app)),
  }),
  stateCheck('spread', {
    messages: [...NUMBERS_MESSAGES, 'node-empty', 'still-moving'],
    needs: ['forced'],
    evaluate: (context) => withNumbers(context, spread),
  }),
  stateCheck('api-replicas', {
    messages: [...NUMBERS_MESSAGES, ...REPLICAS_MESSAGES],
    evaluate: (context) =>
      withNumbers(context, ({ swarm, api }) => replicasRunning(swarm, api, NUMBERS.replicas)),
  }),
  stateCheck('web-everywhere', {
    messages: [...NUMBERS_MESSAGES, ...GLOBAL_MESSAGES],
    needs: ['all-active'],
    evaluate: (context) => withNumbers(context, ({ swarm, web }) => globalRunning(swarm, web)),
  }),
];

export default checks;

/** The spec keeps count of forced updates, also over later deployments of the stack. */
function forced(
  { history, start }: CheckContext,
  { api }: NumbersApp,
): CheckResult<'not-forced' | 'recreated'> {
  const { forceUpdate } = api.spec;
  const seen = { forceUpdate };
  if (forceUpdate === 0) {
    const isNew = !sameService(api, start.serviceIds[api.name]);
    return isNew ? failed('recreated', { service: api.name }, seen) : failed('not-forced', {}, seen);
  }
  const change = entriesOf(history, 'spec-changed', api.id).findLast((entry) =>
    entry.changed.includes('forceUpdate'),
  );
  return { ...passed(seen), ...(change === undefined ? {} : { provenAtMs: change.atMs }) };
}

/** At least one replica on each node that may take one. Equal numbers are more than the scheduler promises. */
function spread({ swarm, api }: NumbersApp): CheckResult<'node-empty' | 'still-moving'> {
  const live = liveTasks(swarm, api);
  const nodes = eligibleNodes(swarm, api.spec);
  const counts = Object.fromEntries(
    nodes.map((node) => [node.hostname, live.filter((task) => task.nodeId === node.id).length]),
  );
  const empty = nodes.find((node) => counts[node.hostname] === 0);
  if (empty === undefined) return passed(counts);
  const values = { node: empty.hostname, service: api.name };
  return api.updateStatus?.state === 'updating'
    ? pending('still-moving', values, counts)
    : failed('node-empty', values, counts);
}
