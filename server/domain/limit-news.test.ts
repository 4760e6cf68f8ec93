import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LabEvent, LimitHit } from '#contract/api.ts';
import { labFixture, readyLab } from '../testing/lab-fixture.ts';
import type { LabSession } from './lab-session.ts';

const full: LimitHit = { node: 'node1', limit: 'disk', sinceMs: 5, most: 2009 };

let fixture: ReturnType<typeof labFixture>;
let session: LabSession;

beforeEach(async () => {
  fixture = labFixture();
  session = await readyLab(fixture, 'numbers');
});
afterEach(() => fixture.database.close());

function limitsHeard(): LabEvent[] {
  const heard: LabEvent[] = [];
  session.connect((event) => event.type === 'limits' && heard.push(event));
  return heard;
}

test('pages hear of a limit at once, and those that come later first of all', () => {
  const early = limitsHeard();
  fixture.limitWatch.hit(full);
  expect(early).toEqual([
    { type: 'limits', limits: [] },
    { type: 'limits', limits: [full] },
  ]);
  expect(limitsHeard()).toEqual([{ type: 'limits', limits: [full] }]);
});

test('a fresh environment is at no limit, and the one before is not listened to any more', async () => {
  fixture.limitWatch.hit(full);
  const heard = limitsHeard();
  fixture.sessions.reset(session);
  await session.settled();
  expect(heard.at(-1)).toEqual({ type: 'limits', limits: [] });
  expect(fixture.limitWatch.watchers).toBe(1);
  await fixture.sessions.close(session);
  expect(fixture.limitWatch.watchers).toBe(0);
});
