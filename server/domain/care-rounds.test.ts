import { expect, test } from 'vitest';
import type { LabEvent } from '#contract/api.ts';
import { SqliteCareRoundStore } from '../store/care-round-store.ts';
import { classmates, labFixture } from '../testing/lab-fixture.ts';
import { newItem } from './care-item.ts';
import type { CareRoundView } from './care-round.ts';
import { CareRounds } from './care-rounds.ts';
import { type CareAction, careNotice } from './lab-care.ts';
import { LabError } from './lab-error.ts';
import type { LabSession } from './lab-session.ts';

const by = { name: '한지우', reason: '새로 시작해요' };

function roundsOf({ database, sessions, time }: ReturnType<typeof labFixture>, sideBySide = 1) {
  const store = new SqliteCareRoundStore(database);
  return new CareRounds({ store, sessions, nowMs: () => time.nowMs, renewedSideBySide: sideBySide });
}

function itemFor({ id, learnerId, definition }: LabSession) {
  return newItem({ learnerId, labSessionId: id, labId: definition.id }, null);
}

async function classOf(count: number, sideBySide = 1) {
  const fixture = labFixture();
  const labs: LabSession[] = [];
  for (const learner of classmates(fixture, count)) {
    labs.push(await fixture.sessions.start(learner, 'numbers'));
  }
  await Promise.all(labs.map((lab) => lab.settled()));
  fixture.host.mostAtOnce = 0;
  const rounds = roundsOf(fixture, sideBySide);
  const start = (action: CareAction, id = 'round-1', scope = 'cohort') =>
    rounds.start({ id, scope, by, action, items: labs.map((lab) => itemFor(lab)) });
  const over = (id = 'round-1', scope = 'cohort') =>
    expect.poll(() => rounds.get(scope, id).view(), { timeout: 5_000 });
  return { fixture, labs, rounds, start, over };
}

test('a reset of a whole class goes at its pace, and each lab has its result', async () => {
  const { fixture, labs, rounds, start, over } = await classOf(8, 2);
  const seen: CareRoundView[] = [];
  const gate = Promise.withResolvers<void>();
  fixture.host.createGate = gate.promise;
  start({ type: 'reset' });
  const unwatch = rounds.watch('cohort', (round) => seen.push(round));
  await expect.poll(() => fixture.host.mostAtOnce).toBe(2);
  gate.resolve();
  await over().toMatchObject({ state: 'done', items: labs.map(() => ({ state: 'done', problem: null })) });
  expect(labs.map(({ generation }) => generation)).toEqual(Array(8).fill(2));
  expect(fixture.host.mostAtOnce).toBe(2);
  const running = seen.map(({ items }) => items.filter(({ state }) => state === 'running').length);
  expect(Math.max(...running)).toBe(2);
  expect(seen.at(-1)?.endedAtMs).not.toBeNull();
  unwatch();
});

test('one lab that fails keeps no other from its turn, and is named with its reason', async () => {
  const { fixture, labs, start, over } = await classOf(3);
  const gone = labs[0]!;
  await fixture.sessions.close(gone);
  fixture.host.failCreateWith = new LabError('LAB_START_FAILED', 'no image');
  start({ type: 'reset' });
  await over().toMatchObject({
    state: 'done',
    items: [
      { state: 'failed', problem: { code: 'LAB_SESSION_UNKNOWN' } },
      { state: 'failed', problem: { code: 'LAB_START_FAILED' } },
      { state: 'failed', problem: { code: 'LAB_START_FAILED' } },
    ],
  });
});

test('the learner reads who did what and why, also on coming back later', async () => {
  const { labs, start, over } = await classOf(1);
  start({ type: 'reset' });
  await over().toMatchObject({ state: 'done' });
  const told: LabEvent[] = [];
  labs[0]!.connect((event) => told.push(event));
  expect(told).toContainEqual({
    type: 'notice',
    level: 'info',
    notice: {
      ko: '한지우 강사가 실습 환경을 초기화했어요. 이유: 새로 시작해요',
      en: '한지우 reset your lab. Reason: 새로 시작해요',
    },
  });
});

test.each(['reset', 'pause', 'resume', 'close'] as const)('%s is told in both languages', (type) => {
  const { ko, en } = careNotice({ type }, { name: 'Kim', reason: null });
  expect(ko).toMatch(/^Kim 강사가 .*요\.$/);
  expect(en).toMatch(/^Kim [^가-힣]*\.$/);
});

test('a pause by hand stays when the page is there, until its learner goes on', async () => {
  const { fixture, labs, start, over } = await classOf(1);
  const [lab] = labs;
  start({ type: 'pause' });
  await over().toMatchObject({ state: 'done' });
  const why = { cause: 'instructor', ...by } as const;
  await fixture.sessions.wake(lab!);
  expect(lab!.status).toMatchObject({ state: 'paused', why });
  start({ type: 'pause' }, 'again');
  await over('again').toMatchObject({ items: [{ state: 'done' }] });
  const after = labFixture({ database: fixture.database, host: fixture.host });
  await after.upkeep.adopt();
  const adopted = after.sessions.get(lab!.id, lab!.learnerId);
  expect(adopted.status).toMatchObject({ state: 'paused', why });
  await after.sessions.resume(adopted);
  expect(adopted.status.state).toBe('ready');
});

test('an extended lab is neither paused nor closed before the time, also after a restart', async () => {
  const { fixture, labs, start, over } = await classOf(1);
  const untilMs = fixture.time.nowMs + 7_200_000;
  start({ type: 'extend', untilMs });
  await over().toMatchObject({ state: 'done' });
  const after = labFixture({ database: fixture.database, host: fixture.host });
  await after.upkeep.adopt();
  const lab = after.sessions.get(labs[0]!.id, labs[0]!.learnerId);
  after.time.nowMs = untilMs - 1;
  await after.upkeep.sweep();
  expect(lab.status.state).toBe('ready');
  after.time.nowMs = untilMs;
  await after.upkeep.sweep();
  expect(lab.status).toMatchObject({ state: 'closed', why: { cause: 'idle', afterMs: 3_600_000 } });
});

test('a cancelled round leaves the labs whose turn had not come', async () => {
  const { fixture, labs, rounds, start, over } = await classOf(4);
  const gate = Promise.withResolvers<void>();
  fixture.host.createGate = gate.promise;
  start({ type: 'reset' });
  await expect.poll(() => rounds.list('cohort')[0]?.items[0]?.state).toBe('running');
  rounds.get('cohort', 'round-1').cancel();
  gate.resolve();
  await over().toMatchObject({
    state: 'cancelled',
    items: [{ state: 'done' }, { state: 'skipped' }, { state: 'skipped' }, { state: 'skipped' }],
  });
  await expect.poll(() => rounds.get('cohort', 'round-1').isOver).toBe(true);
  expect(labs.map(({ generation }) => generation)).toEqual([2, 1, 1, 1]);
});

test('rounds for the same labs take turns, asking twice starts one, and too many are refused', async () => {
  const { fixture, rounds, labs, start, over } = await classOf(2);
  const gate = Promise.withResolvers<void>();
  fixture.host.createGate = gate.promise;
  start({ type: 'reset' });
  start({ type: 'reset' });
  start({ type: 'reset' }, 'round-2');
  expect(rounds.list('cohort').map(({ id }) => id)).toEqual(['round-2', 'round-1']);
  for (const id of ['3', '4', '5', '6']) start({ type: 'pause' }, id);
  expect(() => start({ type: 'pause' }, '7')).toThrow(expect.objectContaining({ code: 'TOO_MANY_REQUESTS' }));
  await expect.poll(() => rounds.get('cohort', 'round-1').view().state).toBe('running');
  expect(rounds.get('cohort', 'round-2').view().state).toBe('waiting');
  expect(() => rounds.get('other', 'round-1')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  gate.resolve();
  await over('round-2').toMatchObject({ state: 'done' });
  expect(labs.map(({ generation }) => generation)).toEqual([3, 3]);
});

test('a restart of the server goes on where the round was, and the result can be read after the next one', async () => {
  const { fixture, labs, rounds, start } = await classOf(4);
  const gate = Promise.withResolvers<void>();
  fixture.host.createGate = gate.promise;
  start({ type: 'reset' });
  await expect.poll(() => rounds.list('cohort')[0]?.items[0]?.state).toBe('running');
  const stopped = rounds.stop();
  gate.resolve();
  await stopped;
  await fixture.sessions.stop('keep');
  expect(labs.map(({ generation }) => generation)).toEqual([2, 1, 1, 1]);

  const after = labFixture({ database: fixture.database, host: fixture.host });
  await after.upkeep.adopt();
  const again = roundsOf(after);
  again.goOn();
  await expect
    .poll(() => again.get('cohort', 'round-1').view())
    .toMatchObject({
      state: 'done',
      items: labs.map(() => ({ state: 'done' })),
    });
  expect(labs.map(({ id, learnerId }) => after.sessions.get(id, learnerId).generation)).toEqual([2, 2, 2, 2]);
  const later = roundsOf(after);
  later.goOn();
  expect(later.list('cohort')).toEqual(again.list('cohort'));
});

const prepare = {
  type: 'prepare',
  exercise: '14.1-health',
  title: { ko: '상태 확인', en: 'Health' },
  lab: 'numbers',
} as const;

test('whoever has no lab gets one at the exercise’s start, and reads who opened it', async () => {
  const fixture = labFixture();
  const [learnerId] = classmates(fixture, 1);
  if (learnerId === undefined) return expect.unreachable();
  const rounds = roundsOf(fixture);
  const items = [newItem({ learnerId, labSessionId: null, labId: 'numbers' }, null)];
  rounds.start({ id: 'round-1', scope: 'cohort', by, action: prepare, items });
  await expect.poll(() => rounds.get('cohort', 'round-1').view()).toMatchObject({ state: 'done' });
  const [lab] = fixture.sessions.listOf(learnerId);
  expect(lab).toMatchObject({ activeExercise: '14.1-health', generation: 1, status: { state: 'ready' } });
  expect(rounds.get('cohort', 'round-1').view().items).toMatchObject([{ labSessionId: lab?.id }]);
  const told: LabEvent[] = [];
  lab?.connect((event) => told.push(event));
  expect(told).toContainEqual({
    type: 'notice',
    level: 'info',
    notice: {
      ko: '한지우 강사가 ‘상태 확인’ 실습을 시작할 수 있게 실습 환경을 열었어요. 이유: 새로 시작해요',
      en: '한지우 opened this lab for you, at the start of “Health”. Reason: 새로 시작해요',
    },
  });
});

test('a lab that has to wait for room holds up nobody: it is left to the queue', async () => {
  const fixture = labFixture({ maxLabs: 1 });
  const [first, second] = classmates(fixture, 2);
  if (first === undefined || second === undefined) return expect.unreachable();
  await (await fixture.sessions.start(first, 'numbers')).settled();
  const rounds = roundsOf(fixture);
  const [open] = fixture.sessions.listOf(first);
  const items = [
    newItem({ learnerId: second, labSessionId: null, labId: 'numbers' }, null),
    newItem({ learnerId: first, labSessionId: open?.id ?? null, labId: 'numbers' }, null),
  ];
  rounds.start({ id: 'round-1', scope: 'cohort', by, action: prepare, items });
  await expect
    .poll(() => rounds.get('cohort', 'round-1').view().items, { timeout: 5_000 })
    .toMatchObject([{ state: 'queued' }, { state: 'done' }]);
  await fixture.sessions.stop('keep');
});

test('a reset of one lab need not wait for a long round that leaves its learner alone', async () => {
  const { fixture, labs, rounds } = await classOf(3);
  const [one, ...others] = labs;
  if (one === undefined) return expect.unreachable();
  const gate = Promise.withResolvers<void>();
  fixture.host.createGate = gate.promise;
  const reset = { type: 'reset' } as const;
  rounds.start({ id: 'long', scope: 'cohort', by, action: reset, items: others.map(itemFor) });
  rounds.start({ id: 'short', scope: 'cohort', by, action: reset, items: [itemFor(one)] });
  await expect.poll(() => rounds.get('cohort', 'short').view().state).toBe('running');
  gate.resolve();
  await expect.poll(() => rounds.get('cohort', 'long').isOver, { timeout: 5_000 }).toBe(true);
  const [long, short] = [rounds.get('cohort', 'long').view(), rounds.get('cohort', 'short').view()];
  expect(long.items.map(({ state }) => state)).toEqual(['done', 'done']);
  expect(short.items.map(({ state }) => state)).toEqual(['done']);
});

test('after a long absence of the server nobody waits for a round any more', async () => {
  const { fixture, labs, rounds, start } = await classOf(2);
  const gate = Promise.withResolvers<void>();
  fixture.host.createGate = gate.promise;
  start({ type: 'reset' });
  await expect.poll(() => rounds.list('cohort')[0]?.items[0]?.state).toBe('running');
  const stopped = rounds.stop();
  gate.resolve();
  await stopped;
  await fixture.sessions.stop('keep');
  const after = labFixture({ database: fixture.database, host: fixture.host });
  after.time.nowMs += 3_600_001;
  await after.upkeep.adopt();
  const again = roundsOf(after);
  again.goOn();
  expect(again.list('cohort')).toMatchObject([
    { state: 'cancelled', items: [{ state: 'done' }, { state: 'skipped' }] },
  ]);
  expect(labs.map(({ id, learnerId }) => after.sessions.get(id, learnerId).generation)).toEqual([2, 1]);
});

test('of a class that is gone no round is left', async () => {
  const { fixture, rounds, start, over } = await classOf(1);
  start({ type: 'reset' });
  await over().toMatchObject({ state: 'done' });
  rounds.forget('cohort');
  expect(rounds.list('cohort')).toEqual([]);
  expect(new SqliteCareRoundStore(fixture.database).list()).toEqual([]);
});
