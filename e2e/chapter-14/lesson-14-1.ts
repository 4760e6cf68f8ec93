import { expect } from '@playwright/test';
import type { LessonPlan } from './lesson-plan.ts';

/** The upgrade process: deploy v1, update to v2, watch it heal. */
export const LESSON_14_1: LessonPlan = {
  lesson: '14.1',
  begins: {
    '14.1-deploy': async (walk) => {
      await expect(walk.check('swarm-active')).toContainText(walk.message('swarm-off'));
    },
  },
  ways: [
    {
      command: /^docker swarm init/,
      after: async (walk) => {
        await walk.untilMet('swarm-active');
        await expect(walk.check('stack-deployed')).toContainText(walk.message('stack-missing'));
      },
    },
    {
      command: /^docker stack ps/,
      exercise: '14.1-health',
      after: async (walk) => {
        const completed = walk.check('update-completed');
        await expect(completed).toContainText(walk.lab.words.exercise.verdicts.pending);
        await expect(completed).toContainText('updating');
      },
    },
    // The requests are still to have an effect when the lesson looks for it.
    {
      command: /desired-state=shutdown/,
      exercise: '14.1-inspect',
      before: (walk) => walk.untilMet('healed'),
    },
  ],
  answers: {
    'web-mode': {
      wrong: { answer: 'host', message: 'mode-swapped' },
      read: async (walk) => {
        const services = await walk.type('docker stack services --format "{{.Name}} {{.Mode}}" numbers');
        return /numbers_numbers-web (\w+)/.exec(services)?.[1] ?? '';
      },
    },
    'update-parallelism': {
      read: async (walk) => {
        const inspected = await walk.type(
          'docker service inspect --pretty numbers_numbers-api | grep -m1 Parallelism',
        );
        return /\d+/.exec(inspected)?.[0] ?? '';
      },
    },
    'shutdown-tasks': {
      read: (walk) =>
        walk.type('docker service ps -q --filter desired-state=shutdown numbers_numbers-api | wc -l'),
    },
    'failed-slot': {
      wrong: { answer: '9', message: 'slot-wrong' },
      read: async (walk) => {
        const failed = await walk.type(
          "docker service ps --no-trunc --format '{{.Name}} {{.Error}}' numbers_numbers-api | grep -m1 unhealthy",
        );
        return /numbers-api\.(\d+)/.exec(failed)?.[1] ?? '';
      },
    },
  },
};
