import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aService, aSnapshot, aSpec, aSwarm, aTask } from '../../../labs/kit/testing/swarm-builder.ts';
import { FakeObserver } from '../../testing/fake-observer.ts';
import { NO_SINK } from '../history/history-sink.ts';
import { LabWatch } from './lab-watch.ts';

const atRest = aSnapshot();
const inMotion = aSnapshot(aSwarm({ tasks: [aTask('task1', { state: 'starting' })] }));
const v2 = aSnapshot(aSwarm({ services: [aService({ spec: aSpec({ image: 'api:v2' }) })] }));

let observer: FakeObserver;
let watch: LabWatch;
const failures: unknown[] = [];
let isWatched = false;

function begin(state = atRest): void {
  observer = new FakeObserver(state);
  watch = new LabWatch({
    observer,
    nodes: [],
    sink: NO_SINK,
    isWatched: () => isWatched,
    onFailure: (failure) => failures.push(failure),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  failures.length = 0;
  isWatched = false;
});

afterEach(async () => {
  await watch[Symbol.asyncDispose]();
  vi.useRealTimers();
});

describe('looks', () => {
  test('are few in a storm of events, however long it lasts', async () => {
    begin();
    for (let round = 0; round < 1_000; round++) {
      observer.emit();
      await vi.advanceTimersByTimeAsync(60);
    }
    // One minute: the burst, then seven or so a second, not the sixteen that were asked for.
    expect(observer.looks).toBeLessThan(500);
    expect(observer.looks).toBeGreaterThan(100);
  });

  test('come soon after an event, one for a burst of them', async () => {
    begin();
    await vi.advanceTimersByTimeAsync(10);
    expect(observer.looks).toBe(1);
    for (let event = 0; event < 20; event++) observer.emit();
    await vi.advanceTimersByTimeAsync(100);
    expect(observer.looks).toBe(2);
  });

  test('are seldom at rest and frequent in motion', async () => {
    begin();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(observer.looks).toBeLessThanOrEqual(6);
    observer.state = inMotion;
    observer.emit();
    const before = observer.looks;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(observer.looks - before).toBeGreaterThanOrEqual(19);
  });

  test('come four times a second while somebody looks on and something has just changed', async () => {
    isWatched = true;
    begin(inMotion);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(observer.looks).toBeGreaterThanOrEqual(11);
    await vi.advanceTimersByTimeAsync(1_000);
    const before = observer.looks;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(observer.looks - before).toBeLessThanOrEqual(9);
  });

  test('become seldom again where motion leads nowhere', async () => {
    begin(inMotion);
    await vi.advanceTimersByTimeAsync(60_000);
    const before = observer.looks;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(observer.looks - before).toBeLessThanOrEqual(5);
  });

  test('go on after one that failed', async () => {
    begin();
    observer.failNext = new Error('the observer is broken');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(failures).toHaveLength(1);
    expect(watch.latest).not.toBeNull();
  });
});

describe('suspended', () => {
  test('nothing is looked at, and nothing that was on its way is believed', async () => {
    begin();
    await vi.advanceTimersByTimeAsync(10);
    const seen = watch.latest;
    let open = (): void => {};
    observer.gate = new Promise((resolve) => (open = resolve));
    observer.state = aSnapshot(null);
    observer.emit();
    await vi.advanceTimersByTimeAsync(100);
    watch.suspend();
    open();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(watch.latest).toBe(seen);
    expect(observer.isWatched).toBe(false);
    await expect(watch.refresh()).rejects.toThrow('not being observed');
  });

  test('and resumed, it looks at once', async () => {
    begin();
    await vi.advanceTimersByTimeAsync(10);
    watch.suspend();
    observer.state = v2;
    watch.resume();
    await vi.advanceTimersByTimeAsync(10);
    expect(watch.latest?.swarms[0]?.services[0]?.spec.image).toBe('api:v2');
    expect(observer.isWatched).toBe(true);
  });
});

test('refresh gives a look that began after the call', async () => {
  begin();
  await vi.advanceTimersByTimeAsync(10);
  let open = (): void => {};
  observer.gate = new Promise((resolve) => (open = resolve));
  observer.emit();
  await vi.advanceTimersByTimeAsync(100);
  // A look is under way and has read the old state.
  observer.state = v2;
  const refreshed = watch.refresh();
  open();
  observer.gate = null;
  await vi.advanceTimersByTimeAsync(0);
  expect((await refreshed).swarms[0]?.services[0]?.spec.image).toBe('api:v2');
});

test('an exercise starts after what is known, with the services of that moment', async () => {
  begin();
  const start = await watch.exerciseStart();
  expect(start.serviceIds).toEqual({ shop_api: 'service1' });
  expect(watch.history.every((entry) => entry.seq <= start.seq)).toBe(true);
});

test('a listener is told of every look until it leaves', async () => {
  begin();
  const told = vi.fn();
  const subscription = watch.onLook(told);
  await vi.advanceTimersByTimeAsync(10);
  expect(told).toHaveBeenCalledTimes(1);
  subscription[Symbol.dispose]();
  await watch.refresh();
  expect(told).toHaveBeenCalledTimes(1);
});

test('a node that was silent for a while comes back without a history of things that did not happen', async () => {
  begin();
  await vi.advanceTimersByTimeAsync(10);
  const before = watch.history.length;
  const [node] = atRest.labNodes;
  observer.state = { ...atRest, labNodes: [{ ...node!, answers: false, containers: [] }], swarms: [] };
  await watch.refresh();
  expect(watch.latest?.swarms).toEqual([]);
  observer.state = atRest;
  await watch.refresh();
  expect(watch.history).toHaveLength(before);
});
