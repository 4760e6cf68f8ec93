import { expect, test } from 'vitest';
import type { ClassLiveEvent } from '#contract/class-live.ts';
import { readLiveEvent } from './live-link.ts';
import { NO_CLASS, reduceLive } from './live-state.ts';
import { aLearner, anExercise } from './testing/a-learner.ts';

const KIM = aLearner('Kim');
const LEE = aLearner('Lee');
const BEGIN: ClassLiveEvent = {
  type: 'class',
  nowMs: 1_000,
  exercises: [anExercise('14.1-deploy')],
  labs: [{ id: 'numbers', title: { ko: '숫자', en: 'Numbers' } }],
};
const after = (...events: ClassLiveEvent[]) =>
  events.reduce((state, event) => reduceLive(state, event, 400), NO_CLASS);
const names = ({ learners }: typeof NO_CLASS) => [...learners.values()].map(({ name }) => name);

test('the class is there when its last piece has come; until then what was known is shown', () => {
  const whole = after(
    BEGIN,
    { type: 'learners', learners: [KIM], more: true },
    { type: 'learners', learners: [LEE], more: false },
  );
  expect(names(whole)).toEqual(['Kim', 'Lee']);
  expect(whole).toMatchObject({ isThere: true, aheadMs: 600 });
  const again = reduceLive(
    reduceLive(whole, BEGIN, 400),
    { type: 'learners', learners: [LEE], more: true },
    400,
  );
  expect(names(again)).toEqual(['Kim', 'Lee']);
  expect(names(reduceLive(again, { type: 'learners', learners: [], more: false }, 400))).toEqual(['Lee']);
});

test('changes leave everything else of a learner, and of the others, as it is', () => {
  const whole = after(BEGIN, { type: 'learners', learners: [KIM, LEE], more: false });
  const changed = reduceLive(
    whole,
    { type: 'changes', changes: [{ id: KIM.id, here: false }], gone: [] },
    400,
  );
  expect(changed.learners.get(KIM.id)).toEqual({ ...KIM, here: false });
  expect(changed.learners.get(LEE.id)).toBe(LEE);
});

test('who is new comes with everything, who is gone goes, and half a learner is none', () => {
  const whole = after(BEGIN, { type: 'learners', learners: [KIM], more: false });
  const event: ClassLiveEvent = { type: 'changes', changes: [LEE], gone: [KIM.id] };
  expect(names(reduceLive(whole, event, 400))).toEqual(['Lee']);
  const half: ClassLiveEvent = { type: 'changes', changes: [{ id: LEE.id, here: true }], gone: [] };
  expect(names(reduceLive(whole, half, 400))).toEqual(['Kim']);
});

test('events of another shape are an unreadable answer, unknown ones are passed over', () => {
  expect(readLiveEvent({ name: 'news', data: 'x' })).toBeNull();
  expect(() => readLiveEvent({ name: 'changes', data: '{}' })).toThrow('ANSWER_UNREADABLE');
  const data = JSON.stringify({ changes: [{ id: KIM.id, here: false }], gone: [] });
  expect(readLiveEvent({ name: 'changes', data })).toMatchObject({ type: 'changes' });
});
