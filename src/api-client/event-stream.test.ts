import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventStream } from './event-stream.ts';

/** A server whose answers are given one after the other; the last one is repeated. */
function serverGives(...answers: (() => Response)[]): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(
    async () => (answers.length > 1 ? answers.shift() : answers[0])?.() ?? Response.error(),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

const ends = (text: string) => () => new Response(text);
const refuses = (status: number, code: string) => () =>
  Response.json({ type: 'x', title: 'x', status, code, requestId: 'r' }, { status });
const hangs = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('event: a\ndata: 1\n\n'));
      },
    }),
  );

let stream: EventStream | null = null;
function open() {
  const seen: string[] = [];
  stream = new EventStream({
    path: '/events',
    onEvent: ({ name, data }) => seen.push(`${name}=${data}`),
    onState: (state) => seen.push(state),
    onRefused: ({ code }) => seen.push(code),
  });
  return seen;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  stream?.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('events arrive, and the end of a stream leads to the next one', async () => {
  const fetched = serverGives(ends('event: a\ndata: 1\n\n'), hangs);
  const seen = open();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(seen).toEqual(['live', 'a=1', 'reconnecting', 'live', 'a=1']);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test('while the server is away the pauses grow; a wake-up skips the rest of one', async () => {
  const fetched = serverGives(refuses(503, 'ENGINE_UNREACHABLE'));
  open();
  await vi.advanceTimersByTimeAsync(30_000);
  const calls = fetched.mock.calls.length;
  expect(calls).toBeGreaterThan(4);
  expect(calls).toBeLessThan(12);
  stream?.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(fetched).toHaveBeenCalledTimes(calls + 1);
});

test('a refusal for good is told once and not tried again', async () => {
  const fetched = serverGives(refuses(404, 'LAB_SESSION_UNKNOWN'));
  const seen = open();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(seen).toEqual(['LAB_SESSION_UNKNOWN']);
  expect(fetched).toHaveBeenCalledTimes(1);
});

test('after the close nothing is heard or asked', async () => {
  const fetched = serverGives(ends(''));
  const seen = open();
  await vi.advanceTimersByTimeAsync(0);
  stream?.close();
  const before = seen.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(seen).toHaveLength(before);
  expect(fetched).toHaveBeenCalledTimes(1);
});
