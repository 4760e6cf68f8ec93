import { timeSpan } from '../../lab-pane/time-span.ts';
import type { CareTexts } from './texts.ts';

const labCount = (count: number): string => (count === 1 ? '1 lab' : `${count} labs`);
const learnerCount = (count: number): string => (count === 1 ? '1 learner' : `${count} learners`);

export const CARE_EN: CareTexts = {
  bar: {
    label: 'Care for labs',
    chosen: (learners, labs) => `${learnerCount(learners)} selected · ${labCount(labs)} open`,
    everybody: (learners, labs) => `Everybody: ${learnerCount(learners)} · ${labCount(labs)} open`,
    action: {
      reset: 'Reset',
      prepare: 'Prepare an exercise',
      pause: 'Pause',
      resume: 'Resume',
      close: 'Close',
      extend: 'Extend',
    },
    nothing: {
      reset: 'No lab is open',
      prepare: 'There is no learner',
      pause: 'No lab is running',
      resume: 'No lab is paused',
      close: 'No lab is open',
      extend: 'No lab is open',
    },
  },
  dialog: {
    title: {
      reset: (labs) => `Reset ${labCount(labs)}?`,
      prepare: (_labs, learners) => `Prepare an exercise for ${learnerCount(learners)}?`,
      pause: (labs) => `Pause ${labCount(labs)}?`,
      resume: (labs) => `Resume ${labCount(labs)}?`,
      close: (labs) => `Close ${labCount(labs)}?`,
      extend: (labs) => `Keep ${labCount(labs)} running for longer?`,
    },
    body: {
      reset:
        'Each lab is thrown away and made afresh. Running services and containers, files on the nodes and what the terminals show are lost; progress stays.',
      prepare:
        'Each lab is made afresh and brought to the start of the exercise. Services, files and terminals of labs that are open are lost; progress stays.',
      pause:
        'Labs are frozen as they are, and terminals stand still. Nothing is lost: they go on from there when the learner or an instructor resumes them.',
      resume: 'They go on from where they stood.',
      close:
        'The labs are removed. Services, files and what the terminals show are lost; progress stays. Learners can start again at any time.',
      extend:
        'Until then they are neither paused nor closed while nobody is there. They keep using the machine’s memory.',
    },
    confirm: {
      reset: (labs) => `Reset ${labs}`,
      prepare: (labs) => `Prepare ${labs}`,
      pause: (labs) => `Pause ${labs}`,
      resume: (labs) => `Resume ${labs}`,
      close: (labs) => `Close ${labs}`,
      extend: (labs) => `Extend ${labs}`,
    },
    whose: 'For',
    more: (count) => `and ${count} more`,
    withoutLab: (count) => `${learnerCount(count)} without an open lab will be skipped.`,
    labs: 'Labs',
    exercise: 'Exercise',
    lesson: (lesson) => `Lesson ${lesson}`,
    extra: (title) => `${title} (extra)`,
    open: (lab, count) => `${learnerCount(count)} with the lab “${lab}” open get it afresh.`,
    startMissing: (count) => `Open the lab for ${learnerCount(count)} who don’t have it`,
    startMissingHint:
      'Otherwise they are skipped. Learners who have not joined yet are skipped in any case. Where room is short, labs wait in the queue.',
    until: 'Until',
    untilHint: (zone) => `Time zone: ${zone}. A week at most.`,
    reason: 'Reason (optional)',
    reasonHint: 'Learners read it together with your name.',
    reasonExample: {
      reset: 'For example: we all start 14.3 afresh',
      prepare: 'For example: let’s do 14.3 together now',
      pause: 'For example: ten minutes’ break',
      resume: 'For example: we go on now',
      close: 'For example: that’s all for today',
      extend: 'For example: we go on after lunch',
    },
  },
  panel: {
    title: 'Work on labs',
    round: {
      reset: 'Reset',
      prepare: 'Prepare an exercise',
      pause: 'Pause',
      resume: 'Resume',
      close: 'Close',
      extend: 'Extend',
    },
    prepared: (exercise) => `Prepare “${exercise}”`,
    until: (time) => `until ${time}`,
    by: (name, time) => `${name} · ${time}`,
    reason: (reason) => `Reason: ${reason}`,
    waiting: 'Waits for the work before it',
    progress: (over, all) => `${over} of ${all} finished`,
    left: (span) => `about ${span} left`,
    counts: {
      done: (count) => `${count} done`,
      queued: (count) => `${count} in the queue`,
      failed: (count) => `${count} failed`,
      skipped: (count) => `${count} skipped`,
    },
    allDone: 'All finished',
    cancelled: 'Cancelled',
    cancel: 'Cancel the rest',
    again: (count) => (count === 1 ? 'Try the one left again' : `Try the ${count} left again`),
    dismiss: 'Remove from the list',
    earlier: (count) => (count === 1 ? '1 earlier round' : `${count} earlier rounds`),
    each: 'Result per learner',
    state: {
      waiting: 'waiting',
      running: 'under way',
      done: 'done',
      queued: 'in the queue',
      failed: 'failed',
      skipped: 'skipped',
    },
    leftOut: 'Cancelled before its turn.',
    gone: 'somebody who has left the class',
    queued: 'Waits for room. It starts by itself, prepared, when its turn comes.',
    reconnecting: 'The connection is gone and is being made again. The work goes on at the server.',
  },
  problems: {
    LAB_SESSION_UNKNOWN: 'The lab was closed meanwhile.',
    LAB_NOT_READY: 'It was not ready in time, or this can’t be done in its present state.',
    LAB_BUSY: 'Another change of this lab did not end.',
    LAB_START_FAILED: 'The lab did not start. Try it again.',
    LAB_LIMIT_REACHED: 'The learner is using {limit} labs already. One has to be closed first.',
    LAB_ALREADY_WAITING: 'The learner waits in the queue for another lab.',
    LAB_CAPACITY_REACHED: 'There is no room for another lab ({running} open, {limit} at most).',
  },
  span: (ms) => {
    const { count, unit } = timeSpan(ms);
    return `${count} ${{ seconds: 's', minutes: 'min', hours: 'h' }[unit]}`;
  },
  labs: {
    column: 'Labs',
    none: 'none',
    state: {
      provisioning: 'starting',
      ready: 'running',
      paused: 'paused',
      resuming: 'resuming',
      resetting: 'resetting',
      failed: 'failed',
      closed: 'closed',
    },
  },
};
