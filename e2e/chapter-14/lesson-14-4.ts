import type { LessonPlan } from './lesson-plan.ts';
import type { LessonWalk } from './lesson-walk.ts';

/** Five nodes: join them, drain two, replace the leader, spread the replicas again. */
export const LESSON_14_4: LessonPlan = {
  lesson: '14.4',
  ways: [
    // A manager and a worker join in the terminals of their own, the others by ssh as the lesson has it.
    { command: /^ssh node[24] docker swarm join /, exercise: '14.4-form-swarm', run: joinInOwnTab },
    { command: /^docker node ls/, exercise: '14.4-form-swarm', after: (walk) => walk.untilMet('one-swarm') },
    // Node by node: the list of tasks tells when one is empty.
    {
      command: /drain node3/,
      exercise: '14.4-drain',
      before: (walk) => walk.untilMet('node5-drained'),
    },
    {
      command: /docker node (promote|demote|rm|update)/,
      exercise: '14.4-replace-manager',
      run: tryUntilAccepted,
    },
    {
      command: /docker service ps/,
      exercise: '14.4-rebalance',
      before: (walk) => walk.untilMet('spread'),
    },
  ],
};

async function joinInOwnTab(walk: LessonWalk, command: string): Promise<string> {
  const { lab } = walk;
  const [, node = '', join = ''] = /^ssh (node\d) (.*)$/.exec(command) ?? [];
  const spelled = (await walk.type(`echo ${join}`)).replace(/\n/g, '');
  await lab.goTo(node);
  const seen = await walk.type(spelled);
  await lab.goTo('node1');
  return seen;
}

/** Until a new leader is there, and until the departed node counts as down, the swarm says to try again. */
async function tryUntilAccepted(walk: LessonWalk, command: string): Promise<string> {
  for (let tried = 1; ; tried++) {
    const seen = await walk.type(command);
    if (tried === 30 || !/not down|does not have a leader|DeadlineExceeded|Unavailable/.test(seen))
      return seen;
  }
}
