import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ExerciseVerdict } from '#contract/api.ts';
import type { ClassLiveEvent } from '#contract/class-live.ts';
import { SqliteTrialStore } from '../../../store/class/trial-store.ts';
import { classmates, labFixture } from '../../../testing/lab-fixture.ts';
import { enrol, webFixture } from '../../../testing/web-fixture.ts';
import type { LabSession } from '../../lab-session.ts';
import type { LiveViewer } from './live-class.ts';
import { stuckRule } from './trial.ts';
import { WatchedSessions } from './watched-sessions.ts';

let web: Awaited<ReturnType<typeof webFixture>>;
let session: LabSession;
beforeEach(async () => {
  vi.useFakeTimers();
  web = await webFixture({ mode: 'class' });
  session = await web.sessions.start(web.learner.id, 'numbers');
  await session.settled();
});
afterEach(async () => {
  vi.useRealTimers();
  await web.app.close();
});

const cohort = () => web.joined?.cohort ?? expect.unreachable();

/** A page that writes down what it is sent. */
function page() {
  const events: ClassLiveEvent[] = [];
  const viewer: LiveViewer & { slow: boolean } = {
    slow: false,
    keepsUp: () => !viewer.slow,
    send: (event) => void events.push(event),
  };
  const types = () => events.splice(0).map(({ type }) => type);
  const changes = () => events.splice(0).flatMap((event) => (event.type === 'changes' ? event.changes : []));
  return { viewer, events, types, changes };
}

function verdict(met: number): ExerciseVerdict {
  const checks = Array.from({ length: 3 }, (_, index) => ({
    id: `check-${index}`,
    verdict: index < met ? ('passed' as const) : ('failed' as const),
    message: null,
    provenAtMs: null,
    waitsFor: null,
    seen: null,
  }));
  const [exercise, generation] = ['14.1-deploy', session.generation];
  return { exercise, passed: met === 3, completedAtMs: null, checks, evaluatedAtMs: 1, generation };
}

test('a page gets the whole, then only what differs', async () => {
  const { viewer, types, changes } = page();
  web.live.join(cohort(), viewer);
  expect(types()).toEqual(['class', 'learners']);
  session.touch();
  await vi.advanceTimersByTimeAsync(300);
  expect(changes()).toMatchObject([{ id: web.learner.id, trial: { exercise: '14.1-deploy', met: 0 } }]);
  session.tell({ type: 'verdict', verdict: verdict(2) });
  session.tell({ type: 'verdict', verdict: verdict(1) });
  await vi.advanceTimersByTimeAsync(300);
  const [only, ...others] = changes();
  expect(others).toEqual([]);
  expect(Object.keys(only ?? {}).sort()).toEqual(['id', 'trial']);
  session.touch();
  await vi.advanceTimersByTimeAsync(300);
  expect(changes()).toEqual([]);
});

test('a hand shows at once, and who comes', async () => {
  const { viewer, changes } = page();
  const [learner, by] = [{ id: web.learner.id, cohortId: cohort().id }, web.joined?.instructor];
  web.live.join(cohort(), viewer);
  web.help.hands.raise(learner, cohort(), { exercise: null, words: '' });
  await vi.advanceTimersByTimeAsync(300);
  expect(changes()).toMatchObject([{ id: learner.id, hand: { exercise: null, takenBy: null } }]);
  web.help.hands.take(learner, by ?? expect.unreachable(), false);
  await vi.advanceTimersByTimeAsync(300);
  expect(changes()).toMatchObject([{ hand: { takenBy: by?.name } }]);
  web.help.hands.lower(learner);
  await vi.advanceTimersByTimeAsync(300);
  expect(changes()).toMatchObject([{ hand: null }]);
});

test('what many do goes out together, a few times a second', async () => {
  const { viewer, types } = page();
  const mates = classmates(web, 150);
  for (const id of mates) enrol(web.database, id, cohort().id, web.time.nowMs);
  const before = page();
  web.live.join(cohort(), before.viewer);
  before.types();
  web.live.join(cohort(), viewer);
  expect(types()).toEqual(['class', 'learners', 'learners', 'learners', 'learners']);
  for (let round = 0; round < 40; round++) {
    for (const id of mates) {
      web.database.prepare('UPDATE learner SET name = ? WHERE id = ?').run(`${id} ${round}`, id);
    }
    web.live.rosterChanged(cohort().id);
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(types().length).toBeLessThanOrEqual(9);
});

test('a page that reads slowly misses changes, and gets the whole when it has caught up', async () => {
  const { viewer, types } = page();
  const { caughtUp } = web.live.join(cohort(), viewer);
  types();
  viewer.slow = true;
  session.touch();
  await vi.advanceTimersByTimeAsync(300);
  caughtUp.call(null);
  expect(types()).toEqual(['class', 'learners']);
  viewer.slow = false;
  session.tell({ type: 'verdict', verdict: verdict(1) });
  await vi.advanceTimersByTimeAsync(300);
  expect(types()).toEqual(['changes']);
  caughtUp();
  expect(types()).toEqual([]);
});

test('who is removed goes from the pages, and the last page ends the work', async () => {
  const { viewer, events } = page();
  const { leave } = web.live.join(cohort(), viewer);
  web.enrolments.remove(web.learner.id, web.time.nowMs);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(events.at(-1)).toEqual({ type: 'changes', changes: [], gone: [web.learner.id] });
  leave();
  const timers = vi.getTimerCount();
  web.live.touch(web.learner.id);
  expect(vi.getTimerCount()).toBe(timers);
});

test('three gradings in vain make stuck; closing the lab clears it, a restart of the server does not', async () => {
  const { viewer, events } = page();
  web.live.join(cohort(), viewer);
  session.tell({ type: 'verdict', verdict: verdict(1) });
  for (let miss = 0; miss < 3; miss++) {
    session.attempted({
      learnerId: web.learner.id,
      exerciseId: '14.1-deploy',
      exerciseRevision: 1,
      labSessionId: session.id,
      trigger: 'button',
      verdict: verdict(1),
      atMs: web.time.nowMs,
    });
  }
  await vi.advanceTimersByTimeAsync(300);
  expect(events.at(-1)).toMatchObject({ changes: [{ cells: { '14.1-deploy': { state: 'stuck' } } }] });

  const again = labFixture({ database: web.database, host: web.labHost });
  const watched = new WatchedSessions({
    store: new SqliteTrialStore(web.database),
    rule: stuckRule(360_000),
    nowMs: () => web.time.nowMs,
    onChange: () => {},
  });
  again.sessions.registry.observers.add(watched);
  await again.upkeep.adopt();
  expect(watched.of(session.id).trial).toMatchObject({ exercise: '14.1-deploy', misses: 3, best: 1 });

  await web.sessions.close(session);
  await vi.advanceTimersByTimeAsync(300);
  expect(events.at(-1)).toMatchObject({ changes: [{ labs: [], trial: null, cells: {} }] });
  expect(new SqliteTrialStore(web.database).load(session.id)).toBeNull();
});
