import type { LessonPlan } from './lesson-plan.ts';

const STATUS = "docker service inspect --format '{{json .UpdateStatus}}' numbers_numbers-api";
const ROLLED_BACK_WITHIN_MS = 120_000;

/** Rollbacks: by the swarm, with settings that were stored before, and by hand. */
export const LESSON_14_3: LessonPlan = {
  lesson: '14.3',
  ways: [
    {
      command: /^watch /,
      run: async ({ lab }, command) => {
        const { terminal } = lab;
        await terminal.clear();
        await terminal.enter(command);
        await terminal.expectScreen('rollback_started', ROLLED_BACK_WITHIN_MS);
        const started = await terminal.screen();
        await terminal.expectScreen('rollback_completed', ROLLED_BACK_WITHIN_MS);
        const seen = `${started}\n${await terminal.screen()}`;
        await terminal.press('Control+c');
        await terminal.expectPrompt();
        return seen;
      },
    },
    { command: /RollbackConfig/, before: (walk) => walk.untilSteady() },
    {
      command: /^docker service rollback (?!--detach)/,
      exercise: '14.3-manual',
      after: (walk) => walk.untilMet('rolled-back'),
    },
    // Only the last deployment of the exercise brings both services to one version.
    {
      command: /^docker service rollback --detach/,
      exercise: '14.3-manual',
      before: (walk) => walk.untilMet('in-agreement'),
    },
  ],
  answers: {
    'seconds-in-all': {
      read: async (walk) => {
        const status = await walk.type(STATUS);
        const at = (name: string): number =>
          Date.parse(`${new RegExp(`"${name}":"([^.Z"]+)`).exec(status.replace(/\s/g, ''))?.[1]}Z`) / 1000;
        return String(at('CompletedAt') - at('StartedAt'));
      },
    },
    // Right after the rollback: the next deployment changes what is the previous spec.
    'previous-spec': {
      after: /PreviousSpec/,
      read: (_walk, output) => / \/ numbers-api:(v\d)/.exec(output)?.[1] ?? '',
    },
  },
};
