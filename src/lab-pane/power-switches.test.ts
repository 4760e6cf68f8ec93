import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import type { CatalogExercise, LabSessionView } from '#contract/api.ts';
import type { NodeConditions } from '#contract/node-condition.ts';
import * as api from '../api-client/lab-api.ts';
import { LabProblem } from '../api-client/lab-problem.ts';
import type { LabController } from './lab-controller.ts';
import { PowerSwitches } from './power-switches.ts';

vi.mock('../api-client/lab-api.ts');

const reason = { ko: '비우는 실습이에요.', en: 'This is about draining.' };
const nodes = ['node1', 'node2', 'node3'];

function setUp({
  conditions = {} as NodeConditions,
  forbids = null as CatalogExercise['forbids'],
  definition = { powerSwitches: true, nodes },
} = {}) {
  const session = signal({
    id: 's',
    nodes,
    conditions,
    activeExercise: '14.4-drain',
  } as unknown as LabSessionView);
  const lab = {
    session,
    definition: signal(definition),
    isReady: signal(true),
    lesson: signal({ exercises: [{ id: '14.4-drain', forbids }] }),
    keep: (_id: string, change: (now: LabSessionView) => LabSessionView) => {
      session.value = change(session.value);
    },
  };
  return { session, power: new PowerSwitches(lab as unknown as LabController) };
}

test('what can be done to a node follows from what it is', () => {
  const { power } = setUp({ conditions: { node2: 'frozen', node3: 'off' } });
  const choices = (node: string) => power.choices(node).map(({ to }) => to);
  expect(choices('node1')).toEqual(['off', 'frozen', 'unplugged']);
  expect(choices('node2')).toEqual(['on', 'off']);
  expect(choices('node3')).toEqual(['on']);
});

test('what the exercise forbids carries its reason; the way back never does', () => {
  const forbids: CatalogExercise['forbids'] = { switches: ['off', 'frozen'], reason };
  const { power } = setUp({ conditions: { node2: 'frozen' }, forbids });
  expect(power.choices('node1').map(({ forbidden }) => forbidden)).toEqual([reason, reason, null]);
  expect(power.choices('node2').map(({ forbidden }) => forbidden)).toEqual([null, reason]);
});

test('a lab of one node has no switches, whatever its definition says', () => {
  expect(setUp().power.areThere).toBe(true);
  expect(setUp({ definition: { powerSwitches: true, nodes: ['node1'] } }).power.areThere).toBe(false);
  expect(setUp({ definition: { powerSwitches: false, nodes } }).power.areThere).toBe(false);
});

test('a refusal is told, and the node is as it was', async () => {
  const { power, session } = setUp();
  vi.mocked(api.switchNode).mockRejectedValue(new LabProblem('SWITCH_FORBIDDEN_HERE', { reason }));
  const turned = power.turn('node2', 'frozen');
  expect(power.turning('node2')).toBe('frozen');
  await turned;
  expect(power.turning('node2')).toBeNull();
  expect(power.problem.value?.text('en')).toContain(reason.en);
  expect(power.problem.value?.text('ko')).toContain(reason.ko);
  expect(session.value.conditions).toEqual({});
});

test('when every node is off or frozen, all of them are brought back together', async () => {
  const { power } = setUp({ conditions: { node1: 'off', node2: 'frozen', node3: 'off' } });
  expect(power.areAllOut.value).toBe(true);
  const answered: ((view: LabSessionView) => void)[] = [];
  vi.mocked(api.switchNode).mockImplementation(() => new Promise((resolve) => answered.push(resolve)));
  const turned = power.turnAllOn();
  expect(answered).toHaveLength(3);
  for (const answer of answered) answer({ conditions: {} } as LabSessionView);
  await turned;
  expect(power.areAllOut.value).toBe(false);
  expect(
    setUp({ conditions: { node1: 'off', node2: 'unplugged', node3: 'off' } }).power.areAllOut.value,
  ).toBe(false);
});
