import { expect, test } from 'vitest';
import { readyFromEvents } from './ready-from-events.ts';

async function* bytes(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield new TextEncoder().encode(part);
}

function sessionEvent(status: object, generation = 1): string {
  const session = {
    id: 'abcdefghijklmnop',
    lab: 'numbers',
    nodes: ['node1'],
    status,
    conditions: {},
    terminals: [],
    activeExercise: null,
    generation,
  };
  return `event: session\ndata: ${JSON.stringify({ session })}\n\n`;
}

const booting = { state: 'provisioning', step: 'booting', sinceMs: 1 };
const ready = { state: 'ready', sinceMs: 2 };

test('resolves at the ready event, also when it comes in pieces and between others', async () => {
  const event = sessionEvent(ready);
  const pieces = [sessionEvent(booting), ': still here\n\n', event.slice(0, 30), event.slice(30)];
  await expect(readyFromEvents(bytes(...pieces), 1)).resolves.toEqual([
    { step: 'booting', sinceMs: 1 },
    { step: 'ready', sinceMs: 2 },
  ]);
});

test('ready of the generation before a reset does not count', async () => {
  await expect(readyFromEvents(bytes(sessionEvent(ready, 1)), 2)).rejects.toThrow('ended before');
});

test('a lab that failed is an error with its code', async () => {
  const failed = { state: 'failed', code: 'LAB_START_FAILED', params: {}, sinceMs: 3 };
  await expect(readyFromEvents(bytes(sessionEvent(failed)), 1)).rejects.toThrow('LAB_START_FAILED');
});
