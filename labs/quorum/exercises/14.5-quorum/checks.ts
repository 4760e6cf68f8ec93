import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import type { SwarmView } from '#contract/swarm-snapshot.ts';
import { questionCheck, quizCheck, stateCheck } from '#kit/define-check.ts';
import { managersOf } from '#kit/lab-nodes.ts';
import { mainSwarm } from '#kit/main-swarm.ts';
import { NUMBERS, NUMBERS_MESSAGES, numbersServes, SERVING_MESSAGES, withNumbers } from '#kit/numbers-app.ts';
import { errored, failed, passed, passedBecause, pending } from '#kit/results.ts';
import { type Outage, powerStory, tasksRunningAt } from '../../power-story.ts';

/** A lone manager notices after ten to thirty seconds that nobody else answers. */
const STALE_SECONDS = 30;
/** With a quorum a killed container has its successor after some five seconds. */
const UNREPLACED_MS = 10_000;

const ONE_OFF = [
  'nothing-cut',
  'wait-for-down',
  'wait-for-replicas',
  'second-too-soon',
  'one-down-fine',
] as const;
const LOST = ['only-one-off', 'still-stale', 'quorum-lost', 'managers-left'] as const;
const UNREPLACED = ['nothing-killed', 'killed-watching', 'was-replaced', 'not-replaced'] as const;
const BACK = ['quorum-still-lost', 'nobody-answers', 'quorum-found', 'leader-missing'] as const;

const checks: ExerciseChecks = [
  stateCheck('one-off', { messages: ONE_OFF, evaluate: oneOff }),
  stateCheck('quorum-lost', { messages: LOST, needs: ['one-off'], evaluate: quorumLost }),
  questionCheck('node-ls', {
    messages: ['quorum-not-lost-yet', 'list-was-stale', 'is-still-manager', 'error-names-leader'],
    needs: ['quorum-lost'],
    input: { type: 'choice', options: ['stale-list', 'no-leader', 'not-a-manager'] },
    evaluate: (answer, { history, nowMs }) => {
      const outage = powerStory(history, nowMs).outages.at(-1);
      if (outage === undefined) return failed('quorum-not-lost-yet');
      if (answer === 'stale-list') return failed('list-was-stale', { seconds: STALE_SECONDS });
      if (answer === 'not-a-manager') return failed('is-still-manager', { node: outage.labNode });
      return { verdict: 'passed', message: 'error-names-leader', provenAtMs: outage.lostAtMs };
    },
  }),
  questionCheck('page', {
    messages: ['quorum-not-lost-yet', 'no-page-there', 'page-still-served', 'page-needs-no-manager'],
    needs: ['quorum-lost'],
    input: { type: 'choice', options: ['refused', 'serves', 'waits'] },
    evaluate: (answer, context) => {
      const outage = powerStory(context.history, context.nowMs).outages.at(-1);
      if (outage === undefined) return failed('quorum-not-lost-yet');
      const values = { node: outage.labNode };
      if (!ranThePage(context, outage)) return errored('no-page-there', values);
      if (answer !== 'serves') return failed('page-needs-no-manager', values);
      return { verdict: 'passed', message: 'page-still-served', values };
    },
  }),
  stateCheck('not-replaced', { messages: UNREPLACED, needs: ['quorum-lost'], evaluate: notReplaced }),
  stateCheck('quorum-back', { messages: BACK, needs: ['not-replaced'], evaluate: quorumBack }),
  stateCheck('replicas-repaired', {
    messages: [...NUMBERS_MESSAGES, ...SERVING_MESSAGES],
    needs: ['quorum-back'],
    evaluate: (context) => withNumbers(context, numbersServes),
  }),
  questionCheck('four-managers', {
    messages: ['four-tolerate-one', 'half-is-no-majority', 'count-the-majority'],
    input: { type: 'number', min: 0, max: 9 },
    evaluate: (answer) => {
      if (answer === '1') return { verdict: 'passed', message: 'four-tolerate-one' };
      return failed(answer === '2' ? 'half-is-no-majority' : 'count-the-majority');
    },
  }),
  questionCheck('seven-managers', {
    messages: ['seven-tolerate-three', 'majority-must-remain', 'count-the-majority'],
    input: { type: 'number', min: 0, max: 9 },
    evaluate: (answer) => {
      if (answer === '3') return { verdict: 'passed', message: 'seven-tolerate-three' };
      return failed(answer === '4' ? 'majority-must-remain' : 'count-the-majority');
    },
  }),
  quizCheck('even-number', {
    reasons: {
      forbidden: 'even-is-allowed',
      standby: 'all-managers-vote',
      'more-votes-needed': 'majority-grows-too',
      slower: 'slower-is-not-why',
    },
    right: 'more-votes-needed',
  }),
  quizCheck('zones', {
    reasons: {
      'five-in-one': 'zone-takes-all',
      'three-one-one': 'zone-takes-three',
      'two-two-one': 'zone-takes-two',
      'three-two': 'two-zones-only',
    },
    right: 'two-two-one',
  }),
];

export default checks;

function oneOff({ history, nowMs }: CheckContext): CheckResult<(typeof ONE_OFF)[number]> {
  const { out, single } = powerStory(history, nowMs);
  const seen = { out };
  if (single !== null && single.repairedAtMs !== null) {
    return passedBecause('one-down-fine', { node: single.node }, { seen, provenAtMs: single.repairedAtMs });
  }
  if (out.length > 1) return failed('second-too-soon', { n: out.length }, seen);
  if (out.length === 0 || single === null) return failed('nothing-cut', {}, seen);
  const { node, isNoticed, replicas } = single;
  if (!isNoticed) return pending('wait-for-down', { node }, seen);
  return pending('wait-for-replicas', { node, n: replicas, expected: NUMBERS.replicas }, seen);
}

function quorumLost({ history, snapshot, nowMs }: CheckContext): CheckResult<(typeof LOST)[number]> {
  const { out, outages } = powerStory(history, nowMs);
  const outage = outages.at(-1);
  const seen = { out, outages: outages.length };
  if (outage !== undefined) {
    const { labNode, lostAtMs } = outage;
    return passedBecause('quorum-lost', { node: labNode }, { seen, provenAtMs: lostAtMs });
  }
  // One node fewer in the list is one vote fewer to win: who leaves takes the quorum down with it.
  const managers = mainSwarm(snapshot)?.nodes.filter((node) => node.role === 'manager').length ?? null;
  if (managers !== null && managers < snapshot.labNodes.length)
    return failed('managers-left', { n: managers }, seen);
  if (out.length > 1) return pending('still-stale', { seconds: STALE_SECONDS }, seen);
  return failed('only-one-off', { n: out.length }, seen);
}

/** By the tasks whose containers ran there when the quorum was lost. */
function ranThePage({ history, snapshot }: CheckContext, outage: Outage): boolean {
  const isOfPage = (taskId: string): boolean =>
    history.some(
      (entry) => entry.type === 'task-state' && entry.taskId === taskId && entry.service.name === NUMBERS.web,
    ) || snapshot.swarms.some((swarm) => isTaskOf(swarm, taskId, NUMBERS.web));
  return tasksRunningAt(history, outage.labNode, outage.cutAtMs).some(isOfPage);
}

function isTaskOf(swarm: SwarmView, taskId: string, service: string): boolean {
  const serviceId = swarm.services.find((candidate) => candidate.name === service)?.id;
  return swarm.tasks.some((task) => task.id === taskId && task.serviceId === serviceId);
}

function notReplaced({ history, nowMs }: CheckContext): CheckResult<(typeof UNREPLACED)[number]> {
  const { outages } = powerStory(history, nowMs);
  for (const { labNode, ended } of outages.toReversed()) {
    const alone = ended.find(({ atMs, untilMs }) => untilMs - atMs >= UNREPLACED_MS);
    if (alone === undefined) continue;
    const values = { node: labNode, seconds: Math.floor((alone.untilMs - alone.atMs) / 1000) };
    return passedBecause('not-replaced', values, { provenAtMs: alone.atMs + UNREPLACED_MS });
  }
  const last = outages.at(-1);
  const values = { node: last?.labNode ?? '' };
  const ended = last?.ended.at(-1);
  if (last === undefined || ended === undefined) return failed('nothing-killed', values);
  if (last.regainedAtMs !== null || ended.wasFollowed) {
    return failed('was-replaced', { ...values, seconds: UNREPLACED_MS / 1000 });
  }
  const seconds = Math.max(1, Math.ceil((UNREPLACED_MS - (nowMs - ended.atMs)) / 1000));
  return pending('killed-watching', { ...values, seconds });
}

function quorumBack({ snapshot, history, nowMs }: CheckContext): CheckResult<(typeof BACK)[number]> {
  const answering = snapshot.labNodes.filter((node) => node.answers);
  if (answering.length === 0) return errored('nobody-answers');
  const swarm = mainSwarm(snapshot);
  const outage = powerStory(history, nowMs).outages.at(-1);
  const seen = { answering: answering.map((node) => node.name) };
  if (swarm === null || outage?.regainedAtMs === null) return failed('quorum-still-lost', {}, seen);
  const managers = managersOf(swarm);
  const reachable = managers.filter((node) => node.reachability === 'reachable');
  const leader = reachable.find((node) => node.leader);
  if (leader === undefined || reachable.length * 2 <= managers.length)
    return pending('leader-missing', {}, seen);
  return {
    ...passed({ ...seen, leader: leader.hostname }),
    message: 'quorum-found',
    values: { n: reachable.length, node: leader.hostname },
    ...(outage === undefined ? {} : { provenAtMs: outage.regainedAtMs }),
  };
}
