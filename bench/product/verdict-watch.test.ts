import { once } from 'node:events';
import { expect, test } from 'vitest';
import { VerdictWatch } from './verdict-watch.ts';

const wait = { deadlineMs: 2000, signal: new AbortController().signal };

function verdictEvent(verdict: 'passed' | 'failed'): Uint8Array {
  const check = { id: 'stack', verdict, message: null, provenAtMs: null, waitsFor: null, seen: null };
  const all = {
    exercise: '14.1-deploy',
    passed: false,
    completedAtMs: null,
    checks: [check],
    evaluatedAtMs: 1,
    generation: 1,
  };
  return new TextEncoder().encode(`event: verdict\ndata: ${JSON.stringify({ verdict: all })}\n\n`);
}

test('waits for the verdict it is asked for', async () => {
  const changed = Promise.withResolvers<void>();
  await using watch = new VerdictWatch(async (signal) =>
    (async function* () {
      yield verdictEvent('failed');
      await changed.promise;
      yield new TextEncoder().encode(': still here\n\n');
      yield verdictEvent('passed');
      await once(signal, 'abort');
    })(),
  );
  const beganAtMs = performance.now();
  await watch.when('stack', false, wait);
  const passed = watch.when('stack', true, wait);
  changed.resolve();
  expect(await passed).toBeGreaterThanOrEqual(beganAtMs);
});

test('a stream that ends is no verdict', async () => {
  await using watch = new VerdictWatch(async () => (async function* () {})());
  await expect(watch.when('stack', true, wait)).rejects.toThrow('the event stream ended');
});
