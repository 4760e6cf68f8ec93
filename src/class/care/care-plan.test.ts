import { expect, test } from 'vitest';
import { LabSessionId, LearnerId } from '#contract/ids.ts';
import { kindsOf, labsFor, targetsOf, withoutLab } from './care-plan.ts';
import type { CareTarget } from './care-target.ts';

type State = CareTarget['labSessions'][number]['state'];

function learner(letter: string, labs: readonly (readonly [lab: string, state: State])[]): CareTarget {
  return {
    learnerId: LearnerId.parse(letter.repeat(16)),
    name: letter,
    labSessions: labs.map(([lab, state], index) => ({
      id: LabSessionId.parse(`${letter.repeat(15)}${index}`),
      lab,
      title: { ko: lab, en: lab },
      state,
    })),
  };
}

const TARGETS = [
  learner('a', [
    ['numbers', 'ready'],
    ['quorum', 'paused'],
  ]),
  learner('b', [['numbers', 'failed']]),
  learner('c', []),
];

test('each action is for the labs with which it changes anything', () => {
  const ids = (action: Parameters<typeof labsFor>[0]) =>
    labsFor(action, TARGETS).map(({ id }) => id.slice(-2));
  expect(ids('reset')).toEqual(['a0', 'a1', 'b0']);
  expect(ids('pause')).toEqual(['a0']);
  expect(ids('resume')).toEqual(['a1']);
});

test('labs of a kind are counted, and who has none is told', () => {
  const labs = labsFor('reset', TARGETS);
  expect(kindsOf(labs).map(({ lab, count }) => [lab, count])).toEqual([
    ['numbers', 2],
    ['quorum', 1],
  ]);
  expect(withoutLab(labs, TARGETS).map(({ name }) => name)).toEqual(['c']);
});

test('the server is asked for each learner once, with just these labs', () => {
  const labs = labsFor('reset', TARGETS).filter(({ lab }) => lab === 'numbers');
  expect(targetsOf(labs, withoutLab(labs, TARGETS))).toEqual([
    { learner: 'a'.repeat(16), labSessions: [`${'a'.repeat(15)}0`] },
    { learner: 'b'.repeat(16), labSessions: [`${'b'.repeat(15)}0`] },
    { learner: 'c'.repeat(16), labSessions: null },
  ]);
});
