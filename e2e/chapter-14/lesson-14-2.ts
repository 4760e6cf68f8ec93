import { expect } from '@playwright/test';
import type { LessonPlan } from './lesson-plan.ts';

/** Production rollouts: update settings, and where `monitor` and `delay` spend their time. */
export const LESSON_14_2: LessonPlan = {
  lesson: '14.2',
  ways: [
    {
      command: /^docker stack ps/,
      exercise: '14.2-rollout',
      // The one felt wait of the section: the page counts it down.
      after: async ({ lab }) => {
        const { region, reasons } = lab.words.waits;
        const [before = '', behind = ''] = reasons.monitor('7').split('7');
        const line = lab.exercise
          .getByRole('list', { name: region })
          .getByRole('listitem')
          .filter({ hasText: 'numbers_numbers-api' })
          .filter({ hasText: new RegExp(`${before}\\d+ ?(초|s)${behind}`) });
        await expect(line).toBeVisible({ timeout: 90_000 });
      },
    },
    {
      command: /CreatedAt/,
      exercise: '14.2-monitor-delay',
      before: async (walk) => {
        await walk.untilSteady();
        const isFirst = (await walk.check('monitor-gap').getAttribute('data-verdict')) !== 'passed';
        await walk.untilMet(isFirst ? 'monitor-rollout' : 'delay-rollout');
      },
    },
  ],
  answers: {
    'second-batch': { after: 'begin', wrong: { answer: 'after-monitor', message: 'batch-after-monitor' } },
    'monitor-gap': { after: /CreatedAt/, read: (_walk, output) => secondsToFourth(output) },
    'delay-gap': { after: /CreatedAt/, read: (_walk, output) => secondsToFourth(output) },
  },
};

/** Between the first and the fourth line, to the second, as it is read off the screen. */
function secondsToFourth(created: string): string {
  const [first = Number.NaN, , , fourth = Number.NaN] = Array.from(
    created.matchAll(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/gm),
    ([, day, time]) => Date.parse(`${day}T${time}Z`) / 1000,
  );
  return String(fourth - first);
}
