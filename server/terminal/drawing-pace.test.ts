import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DrawingPace } from './drawing-pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** One after the other; each kilobyte takes this time. */
function pacedTarget(msPerKiB: number) {
  let drawnBytes = 0;
  let freeAtMs = 0;
  const pace = new DrawingPace({
    write: (data, onDrawn) => {
      freeAtMs = Math.max(freeAtMs, performance.now()) + (data.length / 1024) * msPerKiB;
      setTimeout(() => {
        drawnBytes += data.length;
        onDrawn?.();
      }, freeAtMs - performance.now());
    },
  });
  return { pace, drawnKiB: () => drawnBytes / 1024 };
}

test('output is drawn in order, and told when it is done', async () => {
  const { pace, drawnKiB } = pacedTarget(0.1);
  const told: unknown[] = [];
  pace.write(Buffer.alloc(40 * 1024), () => told.push('first', drawnKiB()));
  pace.write('', () => told.push('empty', drawnKiB()));
  pace.write('x'.repeat(1024), () => told.push('last', drawnKiB()));
  await vi.advanceTimersByTimeAsync(100);
  expect(told).toEqual(['first', 40, 'empty', 40, 'last', 41]);
});

test('after output that cost much, others get three times as long', async () => {
  const { pace, drawnKiB } = pacedTarget(10);
  pace.write(Buffer.alloc(80 * 1024), () => {});
  await vi.advanceTimersByTimeAsync(1_280);
  expect(drawnKiB()).toBeLessThanOrEqual(33);
});

test('a disposed one draws no more', async () => {
  const { pace, drawnKiB } = pacedTarget(10);
  pace.write(Buffer.alloc(80 * 1024), () => {});
  await vi.advanceTimersByTimeAsync(200);
  pace.dispose();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(drawnKiB()).toBe(16);
});
