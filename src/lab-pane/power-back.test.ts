import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import type { LabSessionView } from '#contract/api.ts';
import type { LabController } from './lab-controller.ts';
import { onPowerBack } from './power-back.ts';

const view = (poweredOff: string[], generation = 1) =>
  ({ id: 's', generation, poweredOff, status: { state: 'ready', sinceMs: 1 } }) as unknown as LabSessionView;

test('each node that has its power back is named once; a fresh lab brings none back', async () => {
  const session = signal(view(['node2', 'node3']));
  const back = vi.fn(async () => {});
  const stop = onPowerBack({ session } as unknown as LabController, back);
  session.value = view(['node3']);
  session.value = view(['node3']);
  await Promise.resolve();
  expect(back.mock.calls).toEqual([['node2']]);
  session.value = view([], 2);
  await Promise.resolve();
  expect(back).toHaveBeenCalledTimes(1);
  stop();
});
