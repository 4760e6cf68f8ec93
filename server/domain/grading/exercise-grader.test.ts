import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ExerciseVerdict } from '#contract/api.ts';
import type { Check } from '#contract/check.ts';
import { aService, aSnapshot, aSpec, aSwarm } from '../../../labs/kit/testing/swarm-builder.ts';
import { exerciseOf } from '../../testing/exercise-fixture.ts';
import { FakeObserver } from '../../testing/fake-observer.ts';
import { NO_SINK } from '../history/history-sink.ts';
import { ExerciseGrader } from './exercise-grader.ts';
import type { KeptAnswer } from './kept-answer.ts';
import { LabWatch } from './lab-watch.ts';

const v2 = aSnapshot(aSwarm({ services: [aService({ spec: aSpec({ image: 'api:v2' }) })] }));

const isV2: Check = {
  kind: 'state',
  id: 'is-v2',
  messages: ['wrong'],
  evaluate: ({ snapshot }) =>
    snapshot.swarms[0]?.services[0]?.spec.image === 'api:v2'
      ? { verdict: 'passed' }
      : { verdict: 'failed', message: 'wrong' },
};
const tasks: Check = {
  kind: 'question',
  id: 'tasks',
  messages: ['wrong', 'count'],
  input: { type: 'number', min: 0, max: 9 },
  evaluate: (answer, { snapshot }) =>
    Number(answer) === snapshot.swarms[0]?.tasks.length
      ? { verdict: 'passed', message: 'count', values: { n: answer } }
      : { verdict: 'failed', message: 'wrong' },
};

let observer: FakeObserver;
let watch: LabWatch;
const verdicts: ExerciseVerdict[] = [];
const kept: Record<string, KeptAnswer | string>[] = [];

function grader(checks: Check[], rightAnswers: Record<string, KeptAnswer | string> = {}): ExerciseGrader {
  return new ExerciseGrader({
    exercise: exerciseOf(checks),
    watch,
    start: { atMs: 0, seq: 0, serviceIds: {} },
    generation: 3,
    completedAtMs: null,
    rightAnswers,
    onVerdict: (verdict) => verdicts.push(verdict),
    onRightAnswers: (answers) => kept.push({ ...answers }),
    onProblem: (check, problem) => {
      throw new Error(check, { cause: problem });
    },
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  verdicts.length = 0;
  kept.length = 0;
  observer = new FakeObserver(aSnapshot());
  watch = new LabWatch({ observer, nodes: [], sink: NO_SINK, isWatched: () => false, onFailure: () => {} });
});

afterEach(async () => {
  await watch[Symbol.asyncDispose]();
  vi.useRealTimers();
});

test('a verdict comes within a fraction of a second of the change, and only when it differs', async () => {
  using _grader = grader([isV2]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(verdicts).toHaveLength(1);
  observer.state = v2;
  observer.emit();
  await vi.advanceTimersByTimeAsync(100);
  expect(verdicts.at(-1)).toMatchObject({ passed: true, generation: 3 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(verdicts).toHaveLength(2);
});

test('what was passed once stays completed when the swarm changes', async () => {
  observer.state = v2;
  using one = grader([isV2]);
  await vi.advanceTimersByTimeAsync(10);
  const completedAtMs = one.verdict?.completedAtMs;
  expect(completedAtMs).toEqual(expect.any(Number));
  observer.state = aSnapshot();
  expect(await one.check()).toMatchObject({ passed: false, completedAtMs });
});

test('an answer is compared with the swarm of its moment and stays right', async () => {
  using one = grader([tasks]);
  expect(await one.answer('tasks', '2개')).toMatchObject({ passed: true });
  expect(kept.at(-1)).toMatchObject({ tasks: { answer: '2개', message: { en: 'There are 2.' } } });
  observer.state = aSnapshot(aSwarm({ tasks: [] }));
  expect(await one.check()).toMatchObject({ passed: true });
  expect(await one.answer('tasks', '2')).toMatchObject({ passed: false });
  expect(kept.at(-1)).toEqual({});
  expect(await one.answer('tasks', '0')).toMatchObject({ passed: true });
});

test('right answers outlive a restart of the server', async () => {
  observer.state = aSnapshot(aSwarm({ tasks: [] }));
  {
    using earlier = grader([tasks]);
    expect(await earlier.answer('tasks', '0')).toMatchObject({ passed: true });
  }
  observer.state = aSnapshot();
  using one = grader([tasks], kept.at(-1));
  expect(await one.check()).toMatchObject({
    passed: true,
    checks: [{ verdict: 'passed', message: { ko: '0개예요.', en: 'There are 0.' } }],
  });
  using older = grader([tasks], { tasks: '2' });
  expect(await older.check()).toMatchObject({ passed: true, checks: [{ message: null }] });
});

test('a check that asks nothing takes no answer', async () => {
  using one = grader([isV2]);
  await expect(one.answer('is-v2', '1')).rejects.toMatchObject({ code: 'EXERCISE_UNKNOWN' });
});

test('a state that must last is judged when its time is over, though nothing happens', async () => {
  using _grader = grader([{ ...isV2, steadyMs: 1_200 } as Check]);
  await vi.advanceTimersByTimeAsync(10);
  observer.state = v2;
  observer.emit();
  await vi.advanceTimersByTimeAsync(100);
  expect(verdicts.at(-1)?.checks[0]?.verdict).toBe('pending');
  await vi.advanceTimersByTimeAsync(1_300);
  expect(verdicts.at(-1)?.passed).toBe(true);
});

test('a disposed grader says nothing more', async () => {
  const one = grader([isV2]);
  await vi.advanceTimersByTimeAsync(10);
  one[Symbol.dispose]();
  observer.state = v2;
  observer.emit();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(verdicts).toHaveLength(1);
});
