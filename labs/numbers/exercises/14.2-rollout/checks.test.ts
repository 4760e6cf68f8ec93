import { describe, expect, test } from 'vitest';
import type { UpdateConfig } from '#contract/swarm-snapshot.ts';
import { answerTo } from '../../../../server/testing/recorded-answer.ts';
import { grade, outcomesOf, readRecording, withService } from '../../../../server/testing/recordings.ts';

const EXERCISE = '14.2-rollout';
const API = 'numbers_numbers-api';
const completed = readRecording('numbers', 'v3-completed');

const judge = (context: typeof completed) => grade(EXERCISE, context);

/** The recording with other settings in the spec that the update followed. */
function rolledOutWith(change: Partial<UpdateConfig>): typeof completed {
  const history = completed.history.map((entry) =>
    entry.type === 'spec-changed' && entry.updateConfig !== null
      ? { ...entry, updateConfig: { ...entry.updateConfig, ...change } }
      : entry,
  );
  return { ...completed, history };
}

test('the solution meets every check of state, and shows when the settings were in force', async () => {
  const outcomes = (await outcomesOf(EXERCISE, completed)).filter((one) => one.messageId !== 'not-answered');
  expect(new Set(outcomes.map((one) => one.verdict))).toEqual(new Set(['passed']));
  expect(outcomes.find((one) => one.id === 'never-fewer')?.message?.en).toMatch(/^At least 6 replicas/);
});

test('v2 as the exercise before left it', async () => {
  expect(await judge(readRecording('numbers', 'v2-completed'))).toMatchObject({
    'stack-deployed': 'passed',
    'images-v3': 'image-wrong',
    'update-settings': 'settings-missing',
    'settings-in-force': 'needs-earlier',
  });
});

describe('settings count only where the update followed them', () => {
  test('added after v3 had been rolled out with others', async () => {
    expect(await judge(rolledOutWith({ parallelism: 1 }))).toMatchObject({
      'update-settings': 'passed',
      'settings-in-force': 'rollout-settings-late',
    });
  });

  test('a monitor window that is not stored is not 20 s', async () => {
    const context = withService(completed, API, (service) => ({
      ...service,
      spec: { ...service.spec, updateConfig: { ...service.spec.updateConfig!, monitorNs: null } },
    }));
    expect(await judge(context)).toMatchObject({ 'update-settings': 'settings-wrong' });
  });
});

test('one look at five replicas is remembered', async () => {
  const history = completed.history.map((entry) =>
    entry.type === 'capacity' && entry.service.name === API && entry.seq > completed.start.seq
      ? { ...entry, running: 5 }
      : entry,
  );
  expect(await judge({ ...completed, history })).toMatchObject({ 'never-fewer': 'capacity-fell' });
});

test('a v3 that was taken back says so, instead of asking for v3', async () => {
  const wentBack = withService(readRecording('numbers', 'v2-completed'), API, (service) => ({
    ...service,
    updateStatus: { state: 'rollback_completed', startedAtMs: 0, completedAtMs: 0, message: '' },
  }));
  const [swarm] = wentBack.snapshot.swarms;
  const service = { id: swarm!.services.find(({ name }) => name === API)!.id, name: API };
  const state = (seq: number, old: string | null, now: string) =>
    ({ type: 'update-state', seq, atMs: seq, service, old, new: now, message: '', source: 'event' }) as const;
  const image = (seq: number, old: string, now: string) =>
    ({
      type: 'spec-changed',
      seq,
      atMs: seq,
      service,
      changed: ['image'],
      image: { old, new: now },
      replicas: { old: 6, new: 6 },
      stackImage: now,
      updateConfig: null,
      rollbackConfig: null,
    }) as const;
  const history = [
    state(1, null, 'updating'),
    image(2, 'numbers-api:v2', 'numbers-api:v3'),
    state(3, 'updating', 'rollback_started'),
    image(4, 'numbers-api:v3', 'numbers-api:v2'),
    state(5, 'rollback_started', 'rollback_completed'),
  ];
  expect(await judge({ ...wentBack, history })).toMatchObject({ 'images-v3': 'v3-rolled-back' });
});

test.each([
  ['last-wait', 'monitor', 'passed'],
  ['last-wait', 'web', 'wait-web'],
  ['last-wait', 'old-containers', 'wait-old-containers'],
  ['price', 'room', 'passed'],
  ['price', 'none', 'price-none'],
  ['price', '', 'answer-empty'],
])('%s = "%s" gets %s', async (check, typed, expected) => {
  expect(await answerTo(EXERCISE, check, typed, completed)).toBe(expected);
});
