import { expect, test } from 'vitest';
import { classmates, labFixture, memoryFor, placeOf, readyLab } from '../testing/lab-fixture.ts';
import { capacityReport } from './capacity-report.ts';

test('what the machine holds, and for how many labs more there is room, by size', async () => {
  const fixture = labFixture({ maxLabs: 4 });
  memoryFor(fixture, 8);
  const paused = await readyLab(fixture, 'numbers');
  await fixture.sessions.pause(paused, { cause: 'idle', afterMs: 1 });
  const [second, third] = classmates(fixture, 2);
  await (await fixture.sessions.start(second!, 'quorum')).settled();
  expect(await capacityReport(fixture.parts, fixture.sessions)).toMatchObject({
    ...{ running: 1, paused: 1, changing: 0, waiting: 0, warm: 0, maxLabs: 4 },
    roomFor: { 1: 2, 3: 1, 5: 0 },
  });
  memoryFor(fixture, 4);
  const waiting = await fixture.sessions.start(third!, 'numbers');
  await expect.poll(() => placeOf(waiting)?.position).toBe(1);
  expect(await capacityReport(fixture.parts, fixture.sessions)).toMatchObject({
    ...{ running: 1, paused: 1, changing: 0, waiting: 1 },
    roomFor: { 1: 0, 3: 0, 5: 0 },
  });
});
