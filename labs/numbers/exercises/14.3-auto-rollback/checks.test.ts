import { describe, expect, test } from 'vitest';
import { answerTo } from '../../../../server/testing/recorded-answer.ts';
import { grade, outcomesOf, readRecording, withService } from '../../../../server/testing/recordings.ts';

const EXERCISE = '14.3-auto-rollback';
const API = 'numbers_numbers-api';
const WEB = 'numbers_numbers-web';
const rolledBack = readRecording('numbers', 'v5-rolled-back');

const judge = (context: typeof rolledBack) => grade(EXERCISE, context);

/** The recording up to the moment before the API's update state became this. */
function before(state: string): typeof rolledBack {
  const end = rolledBack.history.findIndex(
    (entry) => entry.type === 'update-state' && entry.service.name === API && entry.new === state,
  );
  return { ...rolledBack, history: rolledBack.history.slice(0, end) };
}

test('the solution meets every check of state; the rollback shows its moment', async () => {
  const outcomes = (await outcomesOf(EXERCISE, rolledBack)).filter((one) => one.messageId !== 'not-answered');
  expect(new Set(outcomes.map((one) => one.verdict))).toEqual(new Set(['passed']));
});

test('v3 from before is no rollback', async () => {
  expect(await judge(readRecording('numbers', 'v3-completed'))).toMatchObject({
    'v5-deployed': 'v5-not-deployed',
    'rolled-back': 'needs-earlier',
  });
});

test('the swarm on its way is waited for', async () => {
  const updating = await outcomesOf(EXERCISE, before('rollback_started'));
  expect(updating.find(({ id }) => id === 'rolled-back')).toMatchObject({
    verdict: 'pending',
    messageId: 'rollback-not-yet',
  });
  expect(await judge(before('rollback_completed'))).toMatchObject({ 'rolled-back': 'rollback-running' });
});

describe('what only looks like an automatic rollback', () => {
  test('by hand', async () => {
    const history = rolledBack.history.map((entry) =>
      entry.type === 'update-state' && entry.new === 'rollback_started'
        ? { ...entry, message: 'manually requested rollback' }
        : entry,
    );
    expect(await judge({ ...rolledBack, history })).toMatchObject({ 'rolled-back': 'rollback-by-hand' });
  });

  test('paused, and completed without a failure', async () => {
    const ended = (state: string) => {
      const { history } = before('rollback_completed');
      return history
        .filter(
          (entry) =>
            entry.type !== 'spec-changed' ||
            !entry.image.new.endsWith(':v3') ||
            entry.seq < rolledBack.start.seq,
        )
        .map((entry) =>
          entry.type === 'update-state' && entry.new === 'rollback_started'
            ? { ...entry, new: state }
            : entry,
        );
    };
    expect(await judge({ ...rolledBack, history: ended('paused') })).toMatchObject({
      'rolled-back': 'v5-paused',
    });
    expect(await judge({ ...rolledBack, history: ended('completed') })).toMatchObject({
      'rolled-back': 'v5-completed',
    });
  });

  test('the image changed by a command', async () => {
    const history = rolledBack.history.map((entry) =>
      entry.type === 'spec-changed' && entry.image.new.endsWith('api:v5')
        ? { ...entry, stackImage: 'numbers-api:v3' }
        : entry,
    );
    expect(await judge({ ...rolledBack, history })).toMatchObject({ 'v5-deployed': 'v5-by-hand' });
  });
});

test('rolled back, but not all replicas are there', async () => {
  const [swarm] = rolledBack.snapshot.swarms;
  const tasks = swarm!.tasks.filter((task) => task.slot !== 2);
  const fewer = { ...rolledBack, snapshot: { ...rolledBack.snapshot, swarms: [{ ...swarm!, tasks }] } };
  expect(await judge(fewer)).toMatchObject({ 'rolled-back': 'passed', 'back-on-v3': 'health-starting' });
});

test('the web service belongs to v5', async () => {
  const back = withService(rolledBack, WEB, (service) => ({
    ...service,
    spec: { ...service.spec, image: 'numbers-web:v3' },
  }));
  expect(await judge(back)).toMatchObject({ 'web-on-v5': 'web-not-v5' });
});

test.each([
  ['seconds-in-all', '18', 'passed'],
  ['seconds-in-all', '12', 'seconds-wrong'],
  ['web-stays', 'per-service', 'passed'],
  ['web-stays', 'global', 'web-global'],
  ['same-file-again', 'v5-again', 'passed'],
  ['same-file-again', 'nothing', 'again-nothing'],
])('%s = %s gets %s', async (check, typed, expected) => {
  expect(await answerTo(EXERCISE, check, typed, rolledBack)).toBe(expected);
});
