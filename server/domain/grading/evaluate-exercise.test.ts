import { describe, expect, test } from 'vitest';
import type { Check, CheckContext, CheckResult } from '#contract/check.ts';
import { aSnapshot } from '../../../labs/kit/testing/swarm-builder.ts';
import { exerciseOf } from '../../testing/exercise-fixture.ts';
import { evaluateAnswer, evaluateExercise, NOTHING_GRADED } from './evaluate-exercise.ts';

const context = (nowMs = 0): CheckContext => ({
  snapshot: aSnapshot(),
  history: [],
  start: { atMs: 0, seq: 0, serviceIds: {} },
  nowMs,
});

const failThe: (check: string, problem: unknown) => never = (check, problem) => {
  throw new Error(`${check} is broken`, { cause: problem });
};

function check(id: string, result: CheckResult, parts: { needs?: string[]; steadyMs?: number } = {}): Check {
  return { kind: 'state', id, messages: ['wrong', 'count'], evaluate: () => result, ...parts };
}

const met: CheckResult = { verdict: 'passed', seen: 6 };
const wrong: CheckResult = { verdict: 'failed', message: 'wrong' };

function judge(checks: Check[], state = NOTHING_GRADED, nowMs = 0) {
  return evaluateExercise(exerciseOf(checks), context(nowMs), state, failThe);
}

test('a message is filled in both languages, and what was seen is passed on', () => {
  const { outcomes } = judge([
    check('replicas', { verdict: 'pending', message: 'count', values: { n: 4 }, seen: { running: 4 } }),
  ]);
  expect(outcomes).toEqual([
    {
      id: 'replicas',
      verdict: 'pending',
      messageId: 'count',
      message: { ko: '4개예요.', en: 'There are 4.' },
      seen: { running: 4 },
      provenAtMs: null,
      waitsFor: null,
    },
  ]);
});

test('what is met may say why, and when it was proven', () => {
  const met = { verdict: 'passed', message: 'count', values: { n: 6 }, provenAtMs: 7_000 } as const;
  expect(judge([check('replicas', met)]).outcomes[0]).toMatchObject({
    verdict: 'passed',
    message: { ko: '6개예요.', en: 'There are 6.' },
    provenAtMs: 7_000,
  });
});

describe('a check that needs another', () => {
  test('waits for it and names it', () => {
    const { outcomes } = judge([check('first', wrong), check('second', met, { needs: ['first'] })]);
    expect(outcomes[1]).toMatchObject({ verdict: 'pending', messageId: 'needs-earlier', waitsFor: 'first' });
    expect(outcomes[1]?.message?.en).toContain('Title of first');
  });
  test('is judged once that one is met', () => {
    expect(
      judge([check('first', met), check('second', wrong, { needs: ['first'] })]).outcomes[1],
    ).toMatchObject({
      messageId: 'wrong',
    });
  });
  test('can’t tell either where that one can’t', () => {
    const silent = check('first', { verdict: 'errored', message: 'wrong' });
    const { outcomes } = judge([silent, check('second', met, { needs: ['first'] })]);
    expect(outcomes[1]).toMatchObject({ id: 'second', verdict: 'errored', messageId: 'wrong' });
  });
});

describe('a check that must stay met', () => {
  const steady = [check('steady', met, { steadyMs: 3_000 })];
  test('is pending until it has been met long enough', () => {
    const first = judge(steady, NOTHING_GRADED, 10_000);
    expect(first.outcomes[0]).toMatchObject({ verdict: 'pending', messageId: 'steady-wait', seen: 6 });
    expect(first.outcomes[0]?.message?.en).toBe('3 s more.');
    expect(first.dueAtMs).toBe(13_000);
    const second = judge(steady, first.state, 12_999);
    expect(second.outcomes[0]?.verdict).toBe('pending');
    expect(judge(steady, second.state, 13_000)).toMatchObject({
      outcomes: [{ verdict: 'passed' }],
      dueAtMs: null,
    });
  });
  test('starts anew after a break', () => {
    const first = judge(steady, NOTHING_GRADED, 10_000);
    const broken = judge([check('steady', wrong, { steadyMs: 3_000 })], first.state, 11_000);
    expect(judge(steady, broken.state, 13_500).outcomes[0]?.verdict).toBe('pending');
  });
});

describe('an author’s mistake', () => {
  const reported: string[] = [];
  const report = (checkId: string): void => void reported.push(checkId);
  test.each<[string, () => CheckResult]>([
    ['a throw', () => failThe('x', null)],
    ['an unknown message', () => ({ verdict: 'failed', message: 'no-such-message' })],
    ['a placeholder without value', () => ({ verdict: 'failed', message: 'count' })],
  ])('%s is reported, and the learner can’t be blamed for it', (_what, evaluate) => {
    reported.length = 0;
    const broken: Check = { kind: 'state', id: 'broken', messages: ['count'], evaluate };
    const { outcomes } = evaluateExercise(exerciseOf([broken]), context(), NOTHING_GRADED, report);
    expect(outcomes[0]).toMatchObject({ verdict: 'errored', messageId: 'check-error' });
    expect(reported).toContain('broken');
  });
  test('a message that was not declared is reported, but shown', () => {
    reported.length = 0;
    const undeclared: Check = { kind: 'state', id: 'undeclared', messages: [], evaluate: () => wrong };
    const { outcomes } = evaluateExercise(exerciseOf([undeclared]), context(), NOTHING_GRADED, report);
    expect(outcomes[0]).toMatchObject({ verdict: 'failed', messageId: 'wrong' });
    expect(reported).toEqual(['undeclared']);
  });
});

describe('a question', () => {
  const question = {
    kind: 'question',
    id: 'how-many',
    messages: ['wrong'],
    input: { type: 'number', min: 0, max: 9 },
    evaluate: (answer: string) => (answer === '6' ? met : wrong),
  } as const;
  const exercise = exerciseOf([question]);

  test('is pending until it is answered, and keeps what the answer got', () => {
    expect(judge([question]).outcomes[0]).toMatchObject({ verdict: 'pending', messageId: 'not-answered' });
    const outcome = evaluateAnswer(exercise, question, '６개', context(), failThe);
    expect(outcome.verdict).toBe('passed');
    const state = { ...NOTHING_GRADED, answered: new Map([[question.id, outcome]]) };
    expect(judge([question], state).outcomes[0]?.verdict).toBe('passed');
  });
  test('says what is wrong with an answer, or with its form', () => {
    expect(evaluateAnswer(exercise, question, '5', context(), failThe)).toMatchObject({ messageId: 'wrong' });
    expect(evaluateAnswer(exercise, question, 'many', context(), failThe)).toMatchObject({
      verdict: 'failed',
      messageId: 'answer-not-a-number',
    });
  });
});

test('what a swarm says is cut to a line that can’t leave its code span', () => {
  const error = `\`**bold**\` ${'x'.repeat(10_000)}`;
  const { outcomes } = judge([
    check('hostile', { verdict: 'failed', message: 'count', values: { n: error }, seen: { error } }),
  ]);
  expect(outcomes[0]?.message?.en).toMatch(/^There are '\*\*bold\*\*' x+\.$/);
  expect(outcomes[0]?.message?.en.length).toBeLessThan(250);
  expect(outcomes[0]?.seen).toBeNull();
});
