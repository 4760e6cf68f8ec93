import { describe, expect, test } from 'vitest';
import { evaluateAnswer } from '../../../../server/domain/grading/evaluate-exercise.ts';
import { courseCatalog, grade, readRecording, throwProblem } from '../../../../server/testing/recordings.ts';

const healed = readRecording('numbers', 'v2-healed');
const untouched = readRecording('numbers', 'v2-completed');

/** What an answer gets: `passed`, or the message. */
async function answer(check: string, typed: string, context = healed): Promise<string> {
  const exercise = (await courseCatalog()).exercise('14.1-inspect');
  const question = exercise?.checks.find((candidate) => candidate.id === check);
  if (!exercise || question?.kind !== 'question') throw new Error(`no question ${check}`);
  const outcome = evaluateAnswer(exercise, question, typed, context, throwProblem);
  return outcome.messageId ?? outcome.verdict;
}

function apiTasks(context: typeof healed) {
  const [swarm] = context.snapshot.swarms;
  const api = swarm?.services.find((service) => service.name === 'numbers_numbers-api');
  return swarm?.tasks.filter((task) => task.serviceId === api?.id) ?? [];
}

test('before anything is broken or answered, only the start is met', async () => {
  const atStart = { ...untouched, start: { ...untouched.start, atMs: untouched.nowMs, seq: 1e9 } };
  expect(await grade('14.1-inspect', atStart)).toMatchObject({
    'stack-v2': 'passed',
    'web-mode': 'not-answered',
    healed: 'nothing-failed',
    'failed-slot': 'not-answered',
  });
});

test('a replica that was broken and replaced is proven by the recorded moment', async () => {
  expect(await grade('14.1-inspect', healed)).toMatchObject({ healed: 'passed' });
});

test('what broke before the exercise does not count', async () => {
  const later = { ...healed, start: { ...healed.start, atMs: healed.nowMs, seq: 1e9 } };
  expect(await grade('14.1-inspect', later)).toMatchObject({ healed: 'nothing-failed' });
  expect(await answer('failed-slot', '1', later)).toBe('nothing-failed');
  expect(await answer('what-healed', 'health-check', later)).toBe('nothing-failed');
});

test('the history still knows of a failed task that the engine has forgotten', async () => {
  const [swarm] = healed.snapshot.swarms;
  const tasks = swarm!.tasks.filter((task) => task.state !== 'failed');
  const forgotten = { ...healed, snapshot: { ...healed.snapshot, swarms: [{ ...swarm!, tasks }] } };
  expect(await grade('14.1-inspect', forgotten)).toMatchObject({ healed: 'passed' });
});

describe('answers are compared with the learner’s own swarm', () => {
  test('the number of tasks that were shut down', async () => {
    const count = apiTasks(healed).filter((task) => task.desiredState === 'shutdown').length;
    expect(count).toBeGreaterThan(6);
    expect(await answer('shutdown-tasks', `${count}개`)).toBe('passed');
    expect(await answer('shutdown-tasks', '6')).toBe('shutdown-tasks-wrong');
    expect(await answer('shutdown-tasks', '6', untouched)).toBe('passed');
  });

  test('any slot that failed is right, no other is', async () => {
    const failed = new Set(
      apiTasks(healed)
        .filter((task) => task.state === 'failed')
        .map((task) => task.slot),
    );
    const [slot] = failed;
    expect(await answer('failed-slot', String(slot))).toBe('passed');
    expect(await answer('failed-slot', `numbers_numbers-api.${slot}`)).toBe('passed');
    expect(await answer('failed-slot', '99')).toBe('slot-wrong');
  });

  test.each([
    ['web-mode', 'global', 'passed'],
    ['web-mode', 'replicated', 'mode-wrong'],
    ['web-mode', 'host', 'mode-swapped'],
    ['ports-column', 'host-mode', 'passed'],
    ['ports-column', 'not-published', 'port-is-published'],
    ['ports-column', 'global-mode', 'mode-is-not-the-cause'],
    ['ports-column', 'starting', 'tasks-have-started'],
    ['update-parallelism', '1', 'passed'],
    ['update-parallelism', '6', 'parallelism-wrong'],
    ['what-healed', 'health-check', 'passed'],
    ['what-healed', 'process-ended', 'not-a-crash'],
    ['what-healed', 'rolling-update', 'not-an-update'],
    ['what-healed', 'lower-replicas', 'not-scaled'],
    ['web-mode', 'swarm', 'answer-not-an-option'],
    ['shutdown-tasks', '여섯', 'answer-not-a-number'],
  ])('%s = %s gets %s', async (check, typed, expected) => {
    expect(await answer(check, typed)).toBe(expected);
  });
});
