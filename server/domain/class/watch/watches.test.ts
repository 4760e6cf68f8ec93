import { beforeEach, expect, test } from 'vitest';
import type { LabEvent } from '#contract/api.ts';
import { type LabWatch, NOBODY_WATCHES, WATCH_LIMITS } from '#contract/class-watch.ts';
import { CohortId, InstructorId } from '#contract/ids.ts';
import { randomId } from '../../../random-id.ts';
import { labFixture, readyLab } from '../../../testing/lab-fixture.ts';
import type { AuditEvent } from '../../audit-trail.ts';
import type { LabSession } from '../../lab-session.ts';
import { Watches } from './watches.ts';

const COHORT = CohortId.parse('cohortcohortcoho');
const kim = (loginId = 'kim-1') => ({
  instructor: { id: InstructorId.parse('kimkimkimkimkimk'), name: 'Kim' },
  loginId,
  cohortId: COHORT,
});

let lab: ReturnType<typeof labFixture>;
let session: LabSession;
let watches: Watches;
let audited: AuditEvent[];
let class_: { mayWatch: boolean; isUnasked: boolean };
/** What the learner's page was told last. */
let shown: () => LabWatch;
let leavePage: () => void;
beforeEach(async () => {
  lab = labFixture();
  session = await readyLab(lab, 'numbers');
  audited = [];
  class_ = { mayWatch: true, isUnasked: false };
  watches = new Watches({
    mayWatch: () => class_.mayWatch,
    isUnasked: () => class_.isUnasked,
    loginConnections: lab.loginConnections,
    audit: { record: (event) => audited.push(event) },
    newId: randomId,
    nowMs: () => lab.time.nowMs,
  });
  const told: LabEvent[] = [];
  leavePage = session.connect((event) => told.push(event));
  shown = () => told.findLast((event) => event.type === 'watch')?.watch ?? expect.unreachable();
});

const events = () => audited.map(({ event, outcome, detail }) => `${event} ${outcome} ${detail}`);

/** A watching that the learner has allowed, with a page of the instructor. */
function allowed(watcher = kim()) {
  const watch = watches.ask(watcher, session);
  const leave = watch.join(() => {});
  watches.answer(session, watch.id, 'allow');
  return { watch, leave };
}

test('nobody sees anything before the learner agrees, and the page says who asks', () => {
  const watch = watches.ask(kim(), session);
  expect(watch.status.state).toBe('asked');
  expect(shown()).toMatchObject({ questions: [{ by: 'Kim', about: 'watch' }], watchers: [] });
  // Asking twice is asking once.
  expect(watches.ask(kim(), session)).toBe(watch);
  watches.answer(session, watch.id, 'allow');
  expect(watch.status).toMatchObject({ state: 'on', byPolicy: false, sinceMs: lab.time.nowMs });
  expect(shown()).toMatchObject({ questions: [], watchers: [{ by: 'Kim', hasKeyboard: false }] });
  expect(events()).toEqual(['watch done consent']);
});

test.each([
  ['declined', () => watches.answer(session, watches.ofLogin('kim-1', session)?.id ?? '', 'decline')],
  [
    'expired',
    () => {
      lab.time.nowMs += WATCH_LIMITS.questionMs;
    },
  ],
  ['not-allowed', () => lab.loginConnections.end('kim-1')],
])('a question that is %s is over, and a later answer does nothing', (why, act) => {
  const watch = watches.ask(kim(), session);
  watch.join(() => {});
  act();
  watches.tick();
  expect(watch.status).toEqual({ state: 'over', why });
  expect(shown()).toEqual(NOBODY_WATCHES);
  expect(() => watches.answer(session, watch.id, 'allow')).toThrow(
    expect.objectContaining({ code: 'WATCH_UNKNOWN' }),
  );
  expect(events()).toEqual([`watch refused ${why}`]);
});

test('where the class allows it, watching begins at once, until the learner has ended one', () => {
  class_.isUnasked = true;
  const watch = watches.ask(kim(), session);
  watch.join(() => {});
  expect(watch.status).toMatchObject({ state: 'on', byPolicy: true });
  expect(shown().watchers).toMatchObject([{ by: 'Kim', byPolicy: true }]);
  // The keyboard is asked for all the same.
  watches.askForKeyboard(watch);
  expect(watch.keyboard.state).toBe('asked');
  lab.time.nowMs += 5_000;
  watches.endByLearner(session, watch.id);
  expect(watches.isUnasked(session, COHORT)).toBe(false);
  expect(watches.ask(kim(), session).status.state).toBe('asked');
  expect(events()).toEqual(['watch done policy', 'watch-end done learner 5 s']);
});

test('what began by the policy ends with the policy', () => {
  class_.isUnasked = true;
  const watch = watches.ask(kim(), session);
  watch.join(() => {});
  class_.isUnasked = false;
  watches.tick();
  expect(watch.status).toEqual({ state: 'over', why: 'not-allowed' });
});

test.each([
  ['learner', (id: string) => watches.endByLearner(session, id)],
  [
    'not-allowed',
    () => {
      class_.mayWatch = false;
    },
  ],
  ['not-allowed', () => lab.loginConnections.end('kim-1')],
  ['not-allowed', () => session.giveTo(lab.stranger)],
  ['lab-closed', () => lab.sessions.close(session)],
])('watching ends: %s', async (why, act) => {
  lab.database.prepare('INSERT INTO learner VALUES (?, ?, ?)').run(lab.stranger, 'somebody', 0);
  const { watch } = allowed();
  let closed = 0;
  watch.hold(() => {
    closed += 1;
  });
  await act(watch.id);
  watches.tick();
  expect(watch.status).toEqual({ state: 'over', why });
  expect(closed).toBe(1);
  expect(shown().watchers).toEqual([]);
});

test('a page of the instructor that is loaded again goes on, one that stays away ends it', () => {
  const { watch, leave } = allowed();
  leave();
  lab.time.nowMs += WATCH_LIMITS.awayMs - 1;
  watches.tick();
  expect(watch.status.state).toBe('on');
  const leaveAgain = watch.join(() => {});
  lab.time.nowMs += 60_000;
  watches.tick();
  leaveAgain();
  lab.time.nowMs += WATCH_LIMITS.awayMs;
  watches.tick();
  expect(watch.status).toEqual({ state: 'over', why: 'away' });
});

test('a watcher does not count as anybody being there', () => {
  leavePage();
  const { watch } = allowed();
  session.overhear(() => {});
  watch.hold(() => {});
  expect([session.connections, session.isWatched]).toEqual([0, false]);
});

test('three may watch, and a login has no part in the watching of another', () => {
  const first = watches.ask(kim('a'), session);
  watches.ask(kim('b'), session);
  watches.ask(kim('c'), session);
  expect(() => watches.ask(kim('d'), session)).toThrow(
    expect.objectContaining({ code: 'WATCHERS_LIMIT_REACHED', params: { limit: 3 } }),
  );
  expect(watches.of(first.id, 'a')).toBe(first);
  expect(() => watches.of(first.id, 'b')).toThrow(expect.objectContaining({ code: 'WATCH_UNKNOWN' }));
});

test('a learner answers for their own lab only', async () => {
  const watch = watches.ask(kim(), session);
  const other = await readyLab(lab, 'quorum');
  expect(() => watches.answer(other, watch.id, 'allow')).toThrow(
    expect.objectContaining({ code: 'WATCH_UNKNOWN' }),
  );
});

test('the keyboard is asked for, given, and back at the first key of the learner', () => {
  const { watch } = allowed();
  const heard: boolean[] = [];
  watch.onKeyboard(() => heard.push(watch.hasKeyboard()));
  watches.askForKeyboard(watch);
  expect(shown().questions).toMatchObject([{ by: 'Kim', about: 'keyboard' }]);
  expect(watch.hasKeyboard()).toBe(false);
  watches.answerKeyboard(session, watch.id, 'allow');
  expect(watch.hasKeyboard()).toBe(true);
  expect(shown().watchers).toMatchObject([{ by: 'Kim', hasKeyboard: true }]);
  expect(watches.isTypedByWatcher(session)).toBe(true);
  watches.learnerTyped(session.id);
  expect(watch.keyboard).toEqual({ state: 'none', why: 'learner' });
  expect(heard).toEqual([true, false]);
  // What was typed before may still be on its way through the shell.
  expect(watches.isTypedByWatcher(session)).toBe(true);
  lab.time.nowMs += 2_000;
  expect(watches.isTypedByWatcher(session)).toBe(false);
  expect(events()).toEqual(['watch done consent', 'keyboard done null', 'keyboard-end done learner']);
});

test('the keyboard moves from one instructor to the next', () => {
  const { watch: first } = allowed(kim('a'));
  const { watch: second } = allowed(kim('b'));
  for (const watch of [first, second]) {
    watches.askForKeyboard(watch);
    watches.answerKeyboard(session, watch.id, 'allow');
  }
  expect([first.hasKeyboard(), second.hasKeyboard()]).toEqual([false, true]);
});

test('a question for the keyboard expires, and can be declined and asked again', () => {
  const { watch } = allowed();
  watches.askForKeyboard(watch);
  watches.answerKeyboard(session, watch.id, 'decline');
  expect(watch.keyboard).toEqual({ state: 'none', why: 'declined' });
  watches.askForKeyboard(watch);
  lab.time.nowMs += WATCH_LIMITS.questionMs;
  watches.tick();
  expect(watch.keyboard).toEqual({ state: 'none', why: 'expired' });
  watches.answerKeyboard(session, watch.id, 'allow');
  expect(watch.hasKeyboard()).toBe(false);
});

test('nobody types where no page of the learner shows it', () => {
  const { watch } = allowed();
  watches.askForKeyboard(watch);
  watches.answerKeyboard(session, watch.id, 'allow');
  leavePage();
  lab.time.nowMs += WATCH_LIMITS.awayMs - 1;
  watches.tick();
  expect(watch.hasKeyboard()).toBe(true);
  lab.time.nowMs += WATCH_LIMITS.awayMs;
  watches.tick();
  expect(watch.keyboard).toEqual({ state: 'none', why: 'away' });
  expect(() => watches.askForKeyboard(watch)).toThrow(expect.objectContaining({ code: 'LEARNER_AWAY' }));
});

test('the keyboard ends with the watching', () => {
  const { watch } = allowed();
  watches.askForKeyboard(watch);
  watches.answerKeyboard(session, watch.id, 'allow');
  watch.end('instructor');
  expect(watch.hasKeyboard()).toBe(false);
  expect(events().slice(-2)).toEqual(['keyboard-end done instructor', 'watch-end done instructor 0 s']);
});
