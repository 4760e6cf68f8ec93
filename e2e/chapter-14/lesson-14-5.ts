import { expect } from '@playwright/test';
import type { LessonPlan } from './lesson-plan.ts';
import type { LessonWalk } from './lesson-walk.ts';

const POWERED_WITHIN_MS = 60_000;

/** Quorum lost and found, a cluster made anew from its last manager, and one application in two regions. */
export const LESSON_14_5: LessonPlan = {
  lesson: '14.5',
  prepares: ['14.5-quorum'],
  ways: [
    {
      command: /^power off node3/,
      exercise: '14.5-quorum',
      // The loss of one is over when its replicas run elsewhere.
      before: async (walk) => {
        await walk.untilSteady();
      },
      after: (walk) => walk.untilMet('one-off'),
    },
    { command: /^power off node2/, exercise: '14.5-quorum', run: (walk) => cutByButton(walk, 'node2') },
    // How long the manager that is left still shows its old list differs from machine to machine.
    { command: /^docker node ls/, exercise: '14.5-quorum', or: /does not have\s+a leader|deadline exceeded/ },
    { command: /^docker kill/, exercise: '14.5-quorum', after: (walk) => walk.untilMet('not-replaced') },
    {
      command: /--force-new-cluster/,
      before: async (walk) => {
        await walk.finish();
        await walk.type('power off node2');
        await walk.type('power off node3');
        await walk.type('while docker node ls; do sleep 1; done');
      },
    },
    {
      command: /^docker node rm node2 node3/,
      before: async (walk) => {
        await walk.type('until [ $(docker node ls | grep -c Down) = 2 ]; do sleep 1; done');
      },
    },
    {
      command: /^ssh node2 docker swarm leave/,
      before: async (walk) => {
        await walk.type('until ssh node2 docker info >/dev/null 2>&1; do sleep 1; done');
      },
    },
    {
      command: /^power off node2/,
      exercise: '14.5-two-clusters',
      before: async (walk) => {
        await walk.untilMet('same-stack');
        await walk.untilMet('front-door');
        await walk.type('until ssh node2 docker service ls | grep numbers-api | grep 6/6; do sleep 1; done');
      },
      after: (walk) => walk.untilMet('region-cut'),
    },
  ],
};

async function cutByButton({ lab }: LessonWalk, node: string): Promise<string> {
  const { words } = lab;
  await lab.goTo(node);
  await lab.button(words.power.switches(node)).click();
  await lab.pane.getByRole('button', { name: words.power.to.off[0] }).click();
  await lab.dialog.getByRole('button', { name: words.power.confirm, exact: true }).click();
  await expect(lab.nodeTab(node)).toContainText(words.nodes.off, { timeout: POWERED_WITHIN_MS });
  await lab.goTo('node1');
  return '';
}
