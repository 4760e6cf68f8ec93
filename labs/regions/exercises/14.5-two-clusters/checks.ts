import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import type { SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import { questionCheck, quizCheck, stateCheck } from '#kit/define-check.ts';
import { entriesOf } from '#kit/history.ts';
import { labNode, NODE_SWARM_MESSAGES, swarmOf, withSwarmOf } from '#kit/lab-nodes.ts';
import { NUMBERS, numbersOn, numbersServes, SERVING_MESSAGES } from '#kit/numbers-app.ts';
import { hostPort, PORT_MESSAGES, type PortMessage } from '#kit/ports.ts';
import { errored, failed, firstProblem, PASSED, passed, passedBecause, pending } from '#kit/results.ts';
import { STACK_MESSAGES } from '#kit/stack.ts';
import { liveTasks } from '#kit/tasks.ts';
import {
  cutSince,
  FRONT_NODE,
  frontService,
  isRegion,
  REGIONS,
  regionStack,
  targetOf,
} from '../../region.ts';

/** node1 has the learner's first terminal, so this is the region that loses its power. */
const LOST = 'node2';
const LIVING = 'node1';

const CLUSTERS = ['one-cluster', 'region-alone', 'node-silent'] as const;
const STACKS = ['region-without-stack', 'images-differ', 'region-replicas'] as const;
const FRONT = ['front-missing', 'front-elsewhere', 'front-target', 'front-starting'] as const;
const CUT = ['nothing-cut', 'wrong-region', 'front-was-elsewhere', 'region-cut'] as const;
const SWITCHED = ['front-still-lost', 'front-starting', 'front-missing', 'front-switched'] as const;

const checks: ExerciseChecks = [
  stateCheck('two-clusters', { messages: CLUSTERS, evaluate: twoClusters }),
  stateCheck('same-stack', {
    messages: [...STACKS, ...NODE_SWARM_MESSAGES, ...STACK_MESSAGES, ...SERVING_MESSAGES],
    needs: ['two-clusters'],
    evaluate: sameStack,
  }),
  stateCheck('front-door', {
    messages: [...NODE_SWARM_MESSAGES, ...FRONT, ...PORT_MESSAGES],
    needs: ['same-stack'],
    evaluate: (context) => withSwarmOf(context, FRONT_NODE, (swarm) => frontDoor(context, swarm)),
  }),
  stateCheck('region-cut', { messages: CUT, needs: ['front-door'], evaluate: regionCut }),
  questionCheck('front-said', {
    messages: ['nothing-cut', 'front-has-one-target', 'front-gives-up', 'front-says-502'],
    needs: ['region-cut'],
    input: { type: 'choice', options: ['other-region', 'bad-gateway', 'waits'] },
    evaluate: (answer, { history }) => {
      const cut = cutSince(history, LOST);
      if (cut === null) return failed('nothing-cut', { node: LOST });
      if (answer === 'other-region') return failed('front-has-one-target');
      return answer === 'waits' ? failed('front-gives-up') : passedBecause('front-says-502', { node: LOST });
    },
  }),
  stateCheck('switched', {
    messages: [...NODE_SWARM_MESSAGES, ...SWITCHED],
    needs: ['region-cut'],
    evaluate: (context) => withSwarmOf(context, FRONT_NODE, (swarm) => switched(context, swarm)),
  }),
  stateCheck('living-region', {
    messages: [...NODE_SWARM_MESSAGES, ...STACK_MESSAGES, ...SERVING_MESSAGES],
    needs: ['switched'],
    evaluate: (context) => withSwarmOf(context, LIVING, (swarm) => numbersOn(swarm, numbersServes)),
  }),
  quizCheck('stretched', {
    reasons: {
      forbidden: 'stretching-is-allowed',
      overlay: 'overlay-reaches-far',
      latency: 'latency-looks-like-death',
      images: 'images-are-no-reason',
    },
    right: 'latency',
  }),
];

export default checks;

function twoClusters(context: CheckContext): CheckResult<(typeof CLUSTERS)[number]> {
  const { snapshot } = context;
  const views = REGIONS.map((name) => labNode(snapshot, name));
  const alone = views.find((view) => view?.answers && view.swarmState === 'inactive');
  if (alone) return failed('region-alone', { node: alone.name });
  const ids = views.map((view) => (view?.answers ? view.clusterId : null));
  const [one, other] = ids;
  if (one && other) {
    return one === other ? failed('one-cluster', {}, { cluster: one }) : passed({ clusters: [one, other] });
  }
  if (isMemberOfOther(context)) return failed('one-cluster');
  // One service id per swarm: names may repeat, ids never do. That is what remains of a region without power.
  const apiIds = REGIONS.map((name) => regionStack(context, name)?.apiId ?? null);
  const [here, there] = apiIds;
  if (here && there) return here === there ? failed('one-cluster') : passed({ remembered: apiIds });
  const silent = views.find((view) => !view?.answers)?.name ?? LOST;
  return errored('node-silent', { node: silent });
}

/** A region that joined the other's swarm as a worker names no cluster itself; the other one's list does. */
function isMemberOfOther({ snapshot }: CheckContext): boolean {
  return snapshot.swarms.some((swarm) =>
    REGIONS.every((name) => swarm.nodes.some((node) => node.hostname === name)),
  );
}

type StackResult = CheckResult<
  | (typeof STACKS)[number]
  | (typeof NODE_SWARM_MESSAGES)[number]
  | (typeof STACK_MESSAGES)[number]
  | (typeof SERVING_MESSAGES)[number]
>;

function sameStack(context: CheckContext): StackResult {
  const found = REGIONS.map((name) => ({ name, stack: regionStack(context, name) }));
  const without = found.find(({ stack }) => stack === null);
  if (without !== undefined) {
    const { name } = without;
    if (!labNode(context.snapshot, name)?.answers) return errored('node-silent', { node: name });
    if (swarmOf(context.snapshot, name) === null) return errored('node-no-leader', { node: name });
    return failed('region-without-stack', { node: name });
  }
  const [one, other] = found.map(({ stack }) => stack);
  const seen = { images: found.map(({ stack }) => ({ ...stack?.images })) };
  if (!one || !other) return PASSED;
  if (one.images.api !== other.images.api || one.images.web !== other.images.web) {
    return failed('images-differ', { one: one.images.api, other: other.images.api }, seen);
  }
  const fewer = found.find(({ stack }) => stack?.isRemembered && stack.replicas < NUMBERS.replicas);
  if (fewer !== undefined) {
    const n = fewer.stack?.replicas ?? 0;
    return failed('region-replicas', { node: fewer.name, n, expected: NUMBERS.replicas }, seen);
  }
  const told = found.filter(({ stack }) => !stack?.isRemembered);
  return firstProblem(
    ...told.map(
      ({ name }) =>
        (): StackResult =>
          withSwarmOf(context, name, (swarm) => numbersOn(swarm, numbersServes)),
    ),
  );
}

function frontDoor(
  { snapshot }: CheckContext,
  swarm: SwarmView,
): CheckResult<(typeof FRONT)[number] | PortMessage> {
  const front = frontService(swarm);
  if (front === null) {
    const elsewhere = snapshot.swarms.find((other) => frontService(other) !== null);
    return elsewhere === undefined
      ? failed('front-missing', { node: FRONT_NODE })
      : failed('front-elsewhere', { node: FRONT_NODE, seen: elsewhere.askedNode });
  }
  const target = targetOf(front.spec.env);
  const seen = { target, running: liveTasks(swarm, front).length };
  return firstProblem<(typeof FRONT)[number] | PortMessage>(
    () => hostPort(front, { published: 80, target: 80 }),
    () => (isRegion(target) ? PASSED : failed('front-target', { seen: target ?? '-' }, seen)),
    () =>
      servesTarget(swarm, front) ? passed(seen) : pending('front-starting', { node: target ?? '-' }, seen),
  );
}

/** A task that runs with the target of the spec, not one that an update is about to end. */
function servesTarget(swarm: SwarmView, front: SwarmService): boolean {
  return liveTasks(swarm, front).some((task) => targetOf(task.env) === targetOf(front.spec.env));
}

/** When the front's environment last changed, by an update or by a new service of its kind. */
function turns({ history }: CheckContext, front: SwarmService): { seq: number; atMs: number }[] {
  const created = entriesOf(history, 'service-created', front.id);
  const changed = entriesOf(history, 'spec-changed', front.id).filter((entry) =>
    entry.changed.includes('env'),
  );
  return [...created, ...changed].map(({ seq, atMs }) => ({ seq, atMs }));
}

function regionCut(context: CheckContext): CheckResult<(typeof CUT)[number]> {
  const { history, snapshot } = context;
  const cut = cutSince(history, LOST);
  if (cut === null) {
    const isWrong = cutSince(history, LIVING) !== null;
    return isWrong
      ? failed('wrong-region', { node: LIVING, other: LOST })
      : failed('nothing-cut', { node: LOST });
  }
  const swarm = swarmOf(snapshot, FRONT_NODE);
  const front = swarm === null ? null : frontService(swarm);
  if (front !== null && targetOf(front.spec.env) === LIVING) {
    const turnedSince = turns(context, front).some(({ seq }) => seq > cut.seq);
    if (!turnedSince) return failed('front-was-elsewhere', { node: LOST, other: LIVING });
  }
  return passedBecause('region-cut', { node: LOST }, { provenAtMs: cut.atMs });
}

function switched(context: CheckContext, swarm: SwarmView): CheckResult<(typeof SWITCHED)[number]> {
  const front = frontService(swarm);
  if (front === null) return failed('front-missing', { node: FRONT_NODE });
  const target = targetOf(front.spec.env);
  const seen = { target };
  if (target !== LIVING) return failed('front-still-lost', { node: target ?? '-', other: LIVING }, seen);
  if (!servesTarget(swarm, front)) return pending('front-starting', { node: target }, seen);
  const turn = turns(context, front).at(-1);
  const proof = turn === undefined ? { seen } : { seen, provenAtMs: turn.atMs };
  return passedBecause('front-switched', { node: target }, proof);
}
