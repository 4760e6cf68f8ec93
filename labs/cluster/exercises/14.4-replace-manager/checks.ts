import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import type { SwarmView } from '#contract/swarm-snapshot.ts';
import { stateCheck } from '#kit/define-check.ts';
import { managersOf, membersNamed } from '#kit/lab-nodes.ts';
import { withMainSwarm } from '#kit/main-swarm.ts';
import { NUMBERS_MESSAGES, numbersServes, SERVING_MESSAGES, withNumbers } from '#kit/numbers-app.ts';
import { errored, failed, firstProblem, PASSED, passed, pending } from '#kit/results.ts';
import { SWARM_MESSAGES } from '#kit/swarm.ts';
import { MANAGERS_MESSAGES, managersAre, nodeNamed, repeatedHostname } from '../../members.ts';

const MANAGERS = ['node2', 'node3', 'node5'];

const LEFT_MESSAGES = [
  'node-silent',
  'still-member',
  'came-back',
  'leader-elected',
  'leader-missing',
] as const;
const NEW_MANAGER_MESSAGES = [
  'node-missing',
  'still-worker',
  'manager-not-reachable',
  'node-not-active',
  'joined-anew',
] as const;
const LIST_MESSAGES = ['departed-listed', 'departed-dying', 'entry-repeated'] as const;

const checks: ExerciseChecks = [
  stateCheck('node1-left', {
    messages: [...SWARM_MESSAGES, ...LEFT_MESSAGES],
    evaluate: (context) => withMainSwarm(context, (swarm) => node1Left(context, swarm)),
  }),
  stateCheck('node5-manager', {
    messages: [...SWARM_MESSAGES, ...NEW_MANAGER_MESSAGES],
    needs: ['node1-left'],
    evaluate: (context) => withMainSwarm(context, node5Manages),
  }),
  stateCheck('node1-removed', {
    messages: [...SWARM_MESSAGES, ...LIST_MESSAGES],
    needs: ['node1-left'],
    evaluate: (context) => withMainSwarm(context, departedRemoved),
  }),
  stateCheck('three-managers', {
    messages: [...SWARM_MESSAGES, ...MANAGERS_MESSAGES],
    needs: ['node5-manager', 'node1-removed'],
    evaluate: (context) => withMainSwarm(context, (swarm) => managersAre(swarm, MANAGERS)),
  }),
  stateCheck('stack-serves', {
    messages: [...NUMBERS_MESSAGES, ...SERVING_MESSAGES],
    needs: ['node1-left'],
    evaluate: (context) => withNumbers(context, numbersServes),
  }),
];

export default checks;

function node1Left(
  { snapshot, history, start }: CheckContext,
  swarm: SwarmView,
): CheckResult<(typeof LEFT_MESSAGES)[number]> {
  const node1 = snapshot.labNodes.find((node) => node.name === 'node1');
  const seen = { node1: node1?.swarmState ?? null };
  if (node1 === undefined || !node1.answers) return errored('node-silent', { node: 'node1' }, seen);
  const entry = swarm.nodes.find((node) => node.id === node1.swarmNodeId);
  if (node1.swarmState !== 'inactive' && entry !== undefined) {
    // Only a manager left by force is what this exercise asks for; one that joined again is a new member.
    const hasLeft = history.some(
      (fact) =>
        fact.seq > start.seq &&
        fact.type === 'swarm-state' &&
        fact.labNode === 'node1' &&
        fact.new === 'inactive',
    );
    return failed(hasLeft ? 'came-back' : 'still-member', {}, seen);
  }
  const leader = managersOf(swarm).find((node) => node.leader);
  if (leader === undefined) return pending('leader-missing', {}, seen);
  const elected = history.findLast(
    (fact) => fact.type === 'node-changed' && fact.node === leader.hostname && fact.leader,
  );
  return {
    ...passed({ ...seen, leader: leader.hostname }),
    message: 'leader-elected',
    values: { node: leader.hostname },
    ...(elected === undefined || elected.seq <= start.seq ? {} : { provenAtMs: elected.atMs }),
  };
}

function node5Manages(swarm: SwarmView): CheckResult<(typeof NEW_MANAGER_MESSAGES)[number]> {
  const node5 = nodeNamed(swarm, 'node5');
  if (node5 === null) return failed('node-missing', { node: 'node5' });
  const { role, availability, reachability } = node5;
  const seen = { role, availability, reachability };
  if (membersNamed(swarm, 'node5').length > 1) return failed('joined-anew', { node: 'node5' }, seen);
  if (role !== 'manager') return failed('still-worker', { node: 'node5' }, seen);
  if (availability !== 'active') return failed('node-not-active', { node: 'node5', availability }, seen);
  // The role is written at once; the node becomes one of the voters some seconds later.
  if (reachability !== 'reachable') return pending('manager-not-reachable', { node: 'node5' }, seen);
  return passed(seen);
}

function departedRemoved(swarm: SwarmView): CheckResult<(typeof LIST_MESSAGES)[number]> {
  const [departed] = membersNamed(swarm, 'node1');
  const n = managersOf(swarm).length;
  return firstProblem<(typeof LIST_MESSAGES)[number]>(
    () => {
      if (departed === undefined) return PASSED;
      const seen = { role: departed.role, state: departed.state, managers: n };
      if (departed.role === 'manager') return failed('departed-listed', { n }, seen);
      return departed.state === 'down'
        ? failed('departed-dying', { state: departed.state }, seen)
        : pending('departed-dying', { state: departed.state }, seen);
    },
    () => {
      const node = repeatedHostname(swarm);
      return node === null ? PASSED : failed('entry-repeated', { node });
    },
  );
}
