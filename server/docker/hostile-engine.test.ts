import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineEvent } from '../ports.ts';
import { type FakeAnswer, FakeEngine, json } from '../testing/fake-engine.ts';
import { SwarmObserver } from './swarm-observer.ts';

/** Root in a lab can put any program in the place of the node's engine. This is what it may then say. */
let folder: string;
let engine: FakeEngine;
let observer: SwarmObserver;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  engine = await FakeEngine.manager(folder, 'node1', 'c1');
  observer = new SwarmObserver();
});
afterEach(async () => {
  observer.close();
  await engine[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const look = () => observer.snapshot([engine.node], AbortSignal.timeout(4_000));

/** Sends for as long as it is read, and counts. */
function endless(piece: string): { answer: FakeAnswer; sentBytes: () => number } {
  let sentBytes = 0;
  const send = (response: ServerResponse): void => {
    while (!response.destroyed) {
      sentBytes += piece.length;
      if (!response.write(piece)) break;
    }
    if (!response.destroyed) response.once('drain', () => setImmediate(send, response));
  };
  const answer: FakeAnswer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', swarm: 'active/manager' });
    send(response);
  };
  return { answer, sentBytes: () => sentBytes };
}

const PATHS = ['/_ping', '/info', '/services', '/tasks', '/nodes', '/networks', '/containers/json'];

test.each(PATHS)('an endless answer to %s is cut off', async (path) => {
  const { answer, sentBytes } = endless(`"${'x'.repeat(64 * 1024)}",`);
  engine.answers[path] = answer;
  const startedMs = performance.now();
  await look();
  expect(performance.now() - startedMs).toBeLessThan(6_000);
  const sent = sentBytes();
  await sleep(300);
  expect(sentBytes() - sent).toBeLessThan(2 * 1024 * 1024);
  expect(sent).toBeLessThan(20 * 1024 * 1024);
});

test.each(PATHS)('an answer to %s that drips is not waited for', async (path) => {
  let isOpen = true;
  engine.answers[path] = (_request, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 50);
    response.once('close', () => {
      clearInterval(drip);
      isOpen = false;
    });
  };
  const startedMs = performance.now();
  await look();
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  observer.close();
  await expect.poll(() => isOpen).toBe(false);
});

test('an engine that only says "continue" is not listened to', async () => {
  let count = 0;
  engine.answers['/_ping'] = (_request, response) => {
    const more = setInterval(() => {
      for (let time = 0; time < 100; time += 1) response.writeContinue();
      count += 100;
    }, 1);
    response.once('close', () => clearInterval(more));
  };
  expect((await look()).labNodes[0]).toMatchObject({ answers: false });
  expect(count).toBeLessThan(5_000);
});

test.each([
  ['/services', 'services'],
  ['/tasks', 'tasks'],
  ['/nodes', 'nodes'],
  ['/networks', 'networks'],
])('a hundred thousand of %s are refused in words', async (path, kind) => {
  engine.answers[path] = json(Array.from({ length: 100_000 }, (_, index) => ({ ID: `${index}` })));
  const snapshot = await look();
  expect(snapshot.swarms).toEqual([]);
  expect(snapshot.labNodes[0]?.controlError).toMatch(new RegExp(`100000 ${kind}|larger than`));
});

test('JSON as deep as it gets is read as nothing', async () => {
  const deep = `[{"ID":"s1","Spec":${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}}]`;
  engine.answers['/services'] = (_request, response) => void response.end(deep);
  const snapshot = await look();
  expect(snapshot.swarms[0]?.services).toMatchObject([{ id: 's1', name: '' }]);
});

describe('what it says ends in pages, logs and the database', () => {
  test('names and messages are short and printable', async () => {
    const nasty = `\u001b]52;c;x\u0007\u0000\u202egnp.exe\ud800${'x'.repeat(100_000)}`;
    engine.answers['/services'] = json([
      {
        ID: nasty,
        Spec: { Name: nasty, Labels: { [nasty]: nasty } },
        UpdateStatus: { State: 'paused', Message: nasty },
      },
    ]);
    engine.answers['/tasks'] = json([{ ID: 't', Status: { Err: nasty, Message: nasty } }]);
    const text = JSON.stringify(await look());
    expect(text.length).toBeLessThan(12_000);
    expect(text).not.toMatch(/\\u00|\\ud8|\u202e/);
  });

  test('a refusal is no longer than a line', async () => {
    engine.answers['/services'] = json({ message: `no\r\n\u001b[2J${'x'.repeat(1_000_000)}` }, 500);
    const error = (await look()).labNodes[0]?.controlError ?? '';
    expect(error.length).toBeLessThan(1100);
    expect(error).not.toContain('\u001b');
  });

  test('labels and services may be called __proto__', async () => {
    engine.answers['/services'] = (_request, response) =>
      void response.end(
        '[{"ID":"__proto__","Spec":{"Name":"__proto__","Labels":{"__proto__":"x","constructor":"y","ok":"z"}},"__proto__":{"polluted":1}}]',
      );
    const service = (await look()).swarms[0]?.services[0];
    expect(service?.spec.labels).toEqual({ ok: 'z' });
    expect(Object.getPrototypeOf(service?.spec.labels)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('numbers and times that are none become nothing', async () => {
    engine.answers['/services'] = (_request, response) =>
      void response.end(
        '[{"Version":{"Index":1e308},"CreatedAt":"+275760-09-13T00:00:00.001Z","Spec":{"Mode":{"Replicated":{"Replicas":1e300}}}}]',
      );
    expect((await look()).swarms[0]?.services[0]).toMatchObject({
      version: 0,
      createdAtMs: 0,
      spec: { mode: { replicas: 0 } },
    });
  });
});

describe('a storm of events', () => {
  test('is read no faster than a lab may talk', async () => {
    const event = JSON.stringify({
      Type: 'service',
      Action: 'update',
      Actor: { ID: 's1', Attributes: { pad: 'x'.repeat(500) } },
    });
    const { answer, sentBytes } = endless(`${event}\n`.repeat(50));
    engine.answers['/events'] = answer;
    const seen: EngineEvent[] = [];
    const stop = new AbortController();
    observer.watch([engine.node], (one) => seen.push(one), stop.signal);
    await sleep(1_500);
    stop.abort();
    expect(seen.length).toBeGreaterThan(0);
    expect(sentBytes()).toBeLessThan(4 * 1024 * 1024);
  });

  test('a line without an end ends the stream', async () => {
    const { answer, sentBytes } = endless('x'.repeat(1024));
    engine.answers['/events'] = answer;
    const stop = new AbortController();
    observer.watch([engine.node], () => {}, stop.signal);
    await sleep(700);
    stop.abort();
    expect(sentBytes()).toBeLessThan(2 * 1024 * 1024);
  });
});
