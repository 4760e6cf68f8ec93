import { beforeEach, expect, test } from 'vitest';
import type { LabEvent } from '#contract/api.ts';
import type { LabWatch } from '#contract/class-watch.ts';
import { CohortId, InstructorId, LearnerId } from '#contract/ids.ts';
import { randomId } from '../../../random-id.ts';
import { labFixture, readyLab } from '../../../testing/lab-fixture.ts';
import type { LabSession } from '../../lab-session.ts';
import { Shows } from './shows.ts';

const TUESDAY = { id: CohortId.parse('tuesdaytuesdayxx'), name: '화요일 반' };
const FRIDAY = { id: CohortId.parse('fridayfridayfrid'), name: '금요일 반' };
const MIN = LearnerId.parse('minminminminminm');
const by = (name: string) => ({
  instructor: { id: InstructorId.parse(name.padEnd(16, 'x')), name },
  loginId: `login of ${name}`,
  cohortId: TUESDAY.id,
});

let lab: ReturnType<typeof labFixture>;
let session: LabSession;
let shows: Shows;
let isLed: boolean;
let told: CohortId[];
let shownTo: () => LabWatch['shownTo'];
beforeEach(async () => {
  lab = labFixture();
  session = await readyLab(lab, 'numbers');
  isLed = true;
  told = [];
  shows = new Shows({
    isLedBy: () => isLed,
    loginConnections: lab.loginConnections,
    audit: { record: () => {} },
    onChange: (cohortId) => told.push(cohortId),
    newId: randomId,
    nowMs: () => lab.time.nowMs,
  });
  const events: LabEvent[] = [];
  session.connect((event) => events.push(event));
  shownTo = () => events.findLast((event) => event.type === 'watch')?.watch.shownTo ?? null;
});

test('a class is told what it is shown, and the instructor how many look at it', () => {
  shows.start(TUESDAY, by('kim'), session);
  expect(shows.of(TUESDAY.id)).toMatchObject({ by: 'kim', sinceMs: lab.time.nowMs });
  expect(told).toEqual([TUESDAY.id]);
  const show = shows.seenBy(TUESDAY.id);
  const leaves = [1, 2].map(() => show.join(MIN, () => {}));
  // Two windows of one learner are one.
  expect(shownTo()).toEqual({ cohort: TUESDAY.id, name: '화요일 반', viewers: 1 });
  for (const leave of leaves) leave();
  expect(shownTo()?.viewers).toBe(0);
  expect(show.hasKeyboard()).toBe(false);
});

test('one instructor shows at a time, and a lab to one class', () => {
  shows.start(TUESDAY, by('kim'), session);
  expect(() => shows.start(TUESDAY, by('lee'), session)).toThrow(
    expect.objectContaining({ code: 'SHOW_RUNNING', params: { name: 'kim' } }),
  );
  shows.start(FRIDAY, by('kim'), session);
  expect([shows.of(TUESDAY.id), shows.of(FRIDAY.id)?.by]).toEqual([null, 'kim']);
  expect(shownTo()?.name).toBe('금요일 반');
});

test.each([
  ['the instructor stops', () => shows.stop(TUESDAY.id)],
  ['the instructor signs out', () => lab.loginConnections.end('login of kim')],
  [
    'the instructor leads the class no more',
    () => {
      isLed = false;
    },
  ],
  ['the lab is closed', () => lab.sessions.close(session)],
])('it ends for everybody when %s', async (_why, act) => {
  shows.start(TUESDAY, by('kim'), session);
  const show = shows.seenBy(TUESDAY.id);
  const pages: unknown[] = [];
  show.join(MIN, (seen) => pages.push(seen?.by ?? null));
  let closed = 0;
  shows.guest(show.id).hold(() => {
    closed += 1;
  });
  await act();
  shows.tick();
  expect(pages).toEqual(['kim', null]);
  expect(closed).toBe(1);
  expect(shows.of(TUESDAY.id)).toBeNull();
  expect(shownTo()).toBeNull();
  expect(() => shows.guest(show.id)).toThrow(expect.objectContaining({ code: 'SHOW_OVER' }));
});
