import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LabSessionView } from '#contract/api.ts';
import type { PreviewView } from '#contract/preview.ts';
import * as api from '../../api-client/lab-api.ts';
import { LabProblem } from '../../api-client/lab-problem.ts';
import type { LabController } from '../lab-controller.ts';
import { EMPTY_LAB } from '../lab-model.ts';
import { PreviewController } from './preview-controller.ts';

vi.mock('../../api-client/lab-api.ts');

const TARGET = { node: 'node1', port: 80 };
const ORIGIN = `http://p-${'a'.repeat(26)}.localhost:4321`;

function setUp() {
  const session = signal({
    id: 's',
    generation: 1,
    status: { state: 'ready', sinceMs: 1 },
  } as unknown as LabSessionView);
  const model = signal(EMPTY_LAB);
  const preview = new PreviewController({ session, model } as unknown as LabController);
  return { preview, session, model };
}

function listens(answer: PreviewView['listens']): void {
  vi.mocked(api.openPreview).mockResolvedValue({ ...TARGET, origin: ORIGIN, listens: answer });
}

const someTime = () => vi.advanceTimersByTimeAsync(3_100);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false });
  vi.mocked(api.openPreview).mockReset();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** An update in its monitor window. */
const WAITS = {
  heardAtMs: 1,
  list: [
    { service: 'a', state: 'updating', reason: 'monitor', replaced: 1, total: 6, remainingMs: 9 } as const,
  ],
};

test('what listens is shown; loading again is another visit', async () => {
  listens('yes');
  const { preview } = setUp();
  preview.open(TARGET);
  expect(preview.phase.value.kind).toBe('asking');
  await someTime();
  expect([preview.phase.value.kind, preview.origin.value, preview.visit.value]).toEqual(['shown', ORIGIN, 1]);
  await preview.reload();
  expect([preview.phase.value.kind, preview.visit.value]).toEqual(['shown', 2]);
});

test('where nothing listens it tries again, and shows the page once something does', async () => {
  listens('no');
  const { preview } = setUp();
  preview.open(TARGET);
  await someTime();
  expect(preview.phase.value).toEqual({ kind: 'waiting', listens: 'no' });
  listens('yes');
  await someTime();
  expect(preview.phase.value.kind).toBe('shown');
  const { length } = vi.mocked(api.openPreview).mock.calls;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(vi.mocked(api.openPreview).mock.calls).toHaveLength(length);
});

test('while an update is under way a page that has become ready waits for a press', async () => {
  listens('no');
  const { preview, model } = setUp();
  preview.open(TARGET);
  await someTime();
  model.value = { ...EMPTY_LAB, waits: WAITS };
  listens('yes');
  await someTime();
  expect(preview.phase.value.kind).toBe('ready');
  await preview.reload();
  expect(preview.phase.value.kind).toBe('shown');
});

test('a hidden page asks nothing', async () => {
  listens('no');
  const { preview } = setUp();
  preview.open(TARGET);
  await vi.advanceTimersByTimeAsync(0);
  vi.stubGlobal('document', { hidden: true });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(api.openPreview).toHaveBeenCalledOnce();
});

test('whoever comes back from another view finds the address, and nothing is loaded', async () => {
  listens('yes');
  const { preview } = setUp();
  preview.open(TARGET);
  await someTime();
  preview.leave();
  preview.enter();
  await someTime();
  expect([preview.phase.value.kind, preview.target.value]).toEqual(['ready', TARGET]);
  expect(api.openPreview).toHaveBeenCalledOnce();
});

test('a reset forgets the address, a pause keeps it', async () => {
  listens('yes');
  const { preview, session } = setUp();
  preview.open(TARGET);
  await someTime();
  session.value = { ...session.value, status: { state: 'paused', sinceMs: 2 } };
  expect(preview.phase.value.kind).toBe('shown');
  session.value = { ...session.value, status: { state: 'resetting', step: 'queued', sinceMs: 3 } };
  expect([preview.phase.value.kind, preview.target.value]).toEqual(['choosing', null]);
});

test('an answer to a port that is no longer wanted changes nothing; a refusal is told', async () => {
  const { preview } = setUp();
  let answer: (view: PreviewView) => void = () => {};
  vi.mocked(api.openPreview).mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  preview.open(TARGET);
  preview.choose();
  answer({ ...TARGET, origin: ORIGIN, listens: 'yes' });
  await someTime();
  expect(preview.phase.value.kind).toBe('choosing');
  vi.mocked(api.openPreview).mockRejectedValue(new LabProblem('NODE_POWERED_OFF', { node: 'node1' }));
  preview.open(TARGET);
  await someTime();
  expect(preview.phase.value).toMatchObject({ kind: 'problem', problem: { code: 'NODE_POWERED_OFF' } });
});
