import { expect, test } from 'vitest';
import type { CheckVerdict, ExerciseProgress, LabSessionView } from '#contract/api.ts';
import { LabSessionId, LearnerId } from '#contract/ids.ts';
import { changeOf } from './learner-change.ts';
import { type LearnerFacts, liveLearner, type SessionFacts } from './live-learner.ts';
import { newTrial, stuckRule, worked } from './trial.ts';

const NOW_MS = 10_000_000;
const RULES = { stuck: stuckRule(60_000), checksOf: () => 4 };
const UNTOUCHED: ExerciseProgress = { completedAtMs: null, attempts: 0, hintsShown: 0, solutionShown: false };

const check = (id: string, verdict: CheckVerdict['verdict']): CheckVerdict => ({
  id,
  verdict,
  message: { ko: id, en: id },
  provenAtMs: null,
  waitsFor: null,
  seen: null,
});

function session(
  exercise: string,
  workedAgoMs: number | null,
  more: Partial<SessionFacts> = {},
): SessionFacts {
  const view: LabSessionView = {
    id: LabSessionId.parse('aaaaaaaaaaaaaaaa'),
    lab: 'quorum',
    nodes: ['node1'],
    status: { state: 'ready', sinceMs: 1 },
    conditions: {},
    terminals: [],
    activeExercise: exercise,
    generation: 1,
  };
  const fresh = newTrial(exercise, 1, 0);
  const trial = workedAgoMs === null ? fresh : worked(fresh, RULES.stuck, NOW_MS - workedAgoMs);
  return { view, connections: 0, trial, verdict: null, nodes: [], ...more };
}

function learner(facts: Partial<LearnerFacts> = {}) {
  const one: LearnerFacts = {
    id: LearnerId.parse('llllllllllllllll'),
    name: '김민수',
    joinedAtMs: 1,
    lastSeenAtMs: null,
    progress: new Map(),
    sessions: [],
    hand: null,
    ...facts,
  };
  return liveLearner(one, RULES, NOW_MS);
}

test('an exercise that is only open is not begun; with the first sign of work it is tried', () => {
  expect(learner({ sessions: [session('14.1-deploy', null)] })).toMatchObject({ cells: {}, trial: null });
  const { cells, trial } = learner({ sessions: [session('14.1-deploy', 5_000)] });
  expect(cells['14.1-deploy']).toMatchObject({ state: 'trying', sinceMs: NOW_MS - 5_000 });
  expect(trial).toMatchObject({ exercise: '14.1-deploy', met: 0, total: 4, stuckSinceMs: null });
});

test('what was passed stays passed, whatever the lab shows now, and what was left is told apart', () => {
  const progress = new Map([
    ['14.1-deploy', { ...UNTOUCHED, completedAtMs: 7, attempts: 2 }],
    ['14.1-health', { ...UNTOUCHED, attempts: 1, hintsShown: 2 }],
  ]);
  const { cells, trial } = learner({ progress, sessions: [session('14.1-deploy', 100_000)] });
  expect(cells).toEqual({
    '14.1-deploy': { state: 'passed', sinceMs: 7, attempts: 2 },
    '14.1-health': { state: 'tried', sinceMs: null, attempts: 1, help: { hints: 2, solution: false } },
  });
  expect(trial).toBeNull();
});

test('who is stuck is told the first check that fails, before those that are on their way', () => {
  const verdict = {
    exercise: '14.1-deploy',
    passed: false,
    completedAtMs: null,
    checks: [check('a', 'passed'), check('b', 'pending'), check('c', 'failed')],
    evaluatedAtMs: 1,
    generation: 1,
  };
  const { cells, trial } = learner({ sessions: [session('14.1-deploy', 90_000, { verdict })] });
  expect(cells['14.1-deploy']).toMatchObject({ state: 'stuck', sinceMs: NOW_MS - 90_000 });
  expect(trial).toMatchObject({ met: 1, total: 3, failing: { check: 'c', verdict: 'failed' } });
});

test('of two labs, the one in which somebody is stuck comes first', () => {
  const sessions = [session('14.1-deploy', 1_000), session('14.4-drain', 100_000)];
  expect(learner({ sessions }).trial?.exercise).toBe('14.4-drain');
});

test('nodes: the learner’s own switch comes before what the cluster says', () => {
  const node = (name: string, role: 'leader' | 'worker', state: 'ready' | 'down') =>
    ({ name, role, availability: 'active', state }) as const;
  const one = session('14.5-quorum', null, {
    nodes: [
      node('node1', 'leader', 'ready'),
      node('node2', 'worker', 'down'),
      node('node3', 'worker', 'down'),
    ],
  });
  const view = { ...one.view, conditions: { node3: 'off' as const } };
  const { labs } = learner({ sessions: [{ ...one, view }] });
  expect(labs[0]?.nodes.map(({ trouble }) => trouble)).toEqual([null, 'down', 'off']);
});

test('being there: an open page, or a request of the last two minutes', () => {
  expect(learner().here).toBe(false);
  expect(learner({ lastSeenAtMs: NOW_MS - 60_000 }).here).toBe(true);
  expect(learner({ lastSeenAtMs: NOW_MS - 600_000 }).here).toBe(false);
  expect(learner({ sessions: [session('14.1-deploy', null, { connections: 1 })] }).here).toBe(true);
});

test('a change names what differs and nothing else', () => {
  const before = learner();
  expect(changeOf(undefined, before)).toEqual(before);
  expect(changeOf(before, learner())).toBeNull();
  expect(changeOf(before, learner({ name: '이서연' }))).toEqual({ id: before.id, name: '이서연' });
});
