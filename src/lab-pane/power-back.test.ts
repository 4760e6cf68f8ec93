import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import type { LabSessionView } from '#contract/api.ts';
import type { NodeConditions } from '#contract/node-condition.ts';
import type { LabController } from './lab-controller.ts';
import { onPowerBack } from './power-back.ts';

const nodes = ['node1', 'node2', 'node3'];
const view = (conditions: NodeConditions, generation = 1) =>
  ({
    id: 's',
    generation,
    nodes,
    conditions,
    status: { state: 'ready', sinceMs: 1 },
  }) as unknown as LabSessionView;

test('each node that has its power back is named once; a fresh lab brings none back', async () => {
  const session = signal(view({ node2: 'off', node3: 'off' }));
  const back = vi.fn(async () => {});
  const stop = onPowerBack({ session } as unknown as LabController, back);
  session.value = view({ node1: 'frozen', node3: 'off' });
  session.value = view({ node1: 'frozen', node3: 'off' });
  await Promise.resolve();
  expect(back.mock.calls).toEqual([['node2']]);
  session.value = view({}, 2);
  await Promise.resolve();
  expect(back).toHaveBeenCalledTimes(1);
  stop();
});
