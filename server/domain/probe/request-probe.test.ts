import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LabProbe } from '#contract/definitions.ts';
import type { HistoryEntry, HistoryFact } from '#contract/swarm-history.ts';
import type { Reply } from '../../ports.ts';
import { RequestProbe } from './request-probe.ts';

const NODES = ['node1', 'node2', 'node3'].map((name) => ({
  environmentId: 'e',
  name,
  containerId: name,
  engineSocket: '/nowhere',
  terminalFolder: null,
}));
const OK: Reply = { kind: 'answered', status: 200, version: 'v3' };
const update: HistoryEntry = {
  atMs: 1,
  seq: 1,
  type: 'update-state',
  service: { id: 's', name: 'shop_api' },
  old: null,
  new: 'completed',
  message: '',
  source: 'event',
};

let replies: Record<string, Reply>;
let asked: string[];
let recorded: (HistoryFact & { type: 'request' })[];
let probe: RequestProbe;

function begin(parts: Partial<LabProbe> = {}, takesMs = 5): void {
  asked = [];
  recorded = [];
  probe = new RequestProbe({
    probe: { port: 80, path: '/ready', ...parts },
    nodes: NODES,
    application: {
      ask: async (node, _where, signal) => {
        asked.push(node.name);
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve);
          setTimeout(resolve, takesMs);
        });
        return signal.aborted ? { kind: 'silent' } : (replies[node.name] ?? OK);
      },
    },
    isWatched: () => true,
    record: (fact) => recorded.push(fact),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  replies = {};
  begin();
});
afterEach(() => {
  probe[Symbol.dispose]();
  vi.useRealTimers();
});

test('nothing is asked without a reason', async () => {
  probe.hear([{ atMs: 1, seq: 1, type: 'health', service: update.service, taskId: 't', health: 'healthy' }]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([]);
});

test('the nodes are asked in turn, once a second, and no longer than there is a reason', async () => {
  probe.hear([update]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toEqual(['node1', 'node2', 'node3', 'node1']);
  expect(recorded[0]).toEqual({
    type: 'request',
    labNode: 'node1',
    outcome: 'ok',
    status: 200,
    durationMs: 5,
    version: 'v3',
  });
});

test('a node where nothing listens, or that is away, is passed over', async () => {
  replies = { node1: { kind: 'refused' }, node2: { kind: 'away' } };
  probe.hear([update]);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual(['node1', 'node2', 'node3']);
  expect(recorded).toMatchObject([{ labNode: 'node3', outcome: 'ok' }]);
});

test.for([
  ['error', { kind: 'answered', status: 503, version: 'v5' }, { status: 503, version: 'v5' }],
  ['silent', { kind: 'silent' }, { status: null }],
] as const)('a visitor who gets %s is not sent elsewhere', async ([outcome, reply, facts]) => {
  replies = { node1: reply };
  probe.hear([update]);
  await vi.advanceTimersByTimeAsync(100);
  expect(recorded).toMatchObject([{ labNode: 'node1', outcome, ...facts }]);
});

test('an unplugged node is passed over until it is plugged in again', async () => {
  const switched = (on: boolean, condition: 'on' | 'unplugged'): HistoryEntry[] => [
    { atMs: 1, seq: 1, type: 'power', labNode: 'node1', on, condition },
  ];
  probe.hear(switched(false, 'unplugged'));
  await vi.advanceTimersByTimeAsync(2_500);
  expect(asked).not.toContain('node1');
  probe.hear(switched(true, 'on'));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(asked).toContain('node1');
});

test('where no node listens, that is what is told; where all are away there is no answer', async () => {
  replies = { node1: { kind: 'away' }, node2: { kind: 'refused' }, node3: { kind: 'away' } };
  probe.hear([update]);
  await vi.advanceTimersByTimeAsync(900);
  replies = { node1: { kind: 'away' }, node2: { kind: 'away' }, node3: { kind: 'away' } };
  await vi.advanceTimersByTimeAsync(900);
  expect(recorded.map(({ outcome }) => outcome)).toEqual(['refused', 'silent']);
});

test('a lab with a front door is asked there', async () => {
  begin({ nodes: ['node3'] });
  probe.hear([update]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(new Set(asked)).toEqual(new Set(['node3']));
});

test('an answer that never comes is given up on, and requests don’t pile up', async () => {
  vi.useRealTimers();
  begin({}, 60_000);
  probe.hear([update]);
  await vi.waitFor(() => expect(recorded).toMatchObject([{ outcome: 'silent' }]), { timeout: 5_000 });
  expect(recorded[0]?.durationMs).toBeGreaterThan(2_000);
  expect(asked.length).toBeLessThanOrEqual(2);
});

test('what a frozen lab leaves unanswered is not written down, and a thawed one is asked again', async () => {
  begin({}, 60_000);
  probe.hear([update]);
  await vi.advanceTimersByTimeAsync(500);
  probe.suspend();
  probe.hear([update]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([asked.length, recorded.length]).toEqual([1, 0]);
  probe.resume();
  probe.hear([update]);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toHaveLength(2);
});
