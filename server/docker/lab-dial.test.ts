import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LabNodeRef } from '../ports.ts';
import { SocketLabDialer } from './lab-dial.ts';

let folder: string;
let node: LabNodeRef;
let server: Server | undefined;
const dialer = new SocketLabDialer();
const NEVER = new AbortController().signal;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dial-'));
  node = {
    environmentId: 'e',
    name: 'node1',
    containerId: 'c',
    engineSocket: join(folder, 'engine.sock'),
    terminalFolder: join(folder, 'terminals'),
  };
});
afterEach(async () => {
  server?.close();
  await rm(folder, { recursive: true });
});

/** Stands for the node's end of `dial.sock`: hears one line and goes on as told. */
async function nodeThat(answers: (line: string, socket: Socket) => void): Promise<void> {
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (line) => answers(String(line), socket));
  });
  await new Promise<void>((resolve) => server?.listen(join(folder, 'dial.sock'), resolve));
}

test('what comes with and after the node’s word is the stream’s', async () => {
  await nodeThat((line, socket) => {
    expect(line).toBe('80\n');
    socket.write('ok\nhel');
    socket.once('data', (said) => socket.end(`lo ${said}`));
  });
  const stream = await dialer.dial(node, 80, NEVER);
  stream.write('you');
  expect(await text(stream)).toBe('hello you');
});

test('a word that comes in pieces is put together', async () => {
  await nodeThat((_line, socket) => {
    socket.write('o');
    setTimeout(() => socket.end('k\nhello'), 5);
  });
  expect(await text(await dialer.dial(node, 80, NEVER))).toBe('hello');
});

test('where nothing listens it says so', async () => {
  await nodeThat((_line, socket) => socket.end('refused\n'));
  await expect(dialer.dial(node, 8080, NEVER)).rejects.toMatchObject({
    code: 'PORT_CLOSED',
    params: { node: 'node1', port: 8080 },
  });
});

test.for([
  ['says something else', (socket: Socket) => socket.end('64 connections are open\n')],
  ['hangs up', (socket: Socket) => socket.end()],
  ['hangs up in the middle of a word', (socket: Socket) => socket.end('o')],
  ['never stops talking', (socket: Socket) => socket.write('x'.repeat(5_000))],
] as const)('a node that %s is unreachable', async ([, answer]) => {
  await nodeThat((_line, socket) => void answer(socket));
  await expect(dialer.dial(node, 80, NEVER)).rejects.toMatchObject({ code: 'LAB_NODE_UNREACHABLE' });
});

test('a frozen node is given up on at the caller’s signal', async () => {
  await nodeThat(() => {});
  await expect(dialer.dial(node, 80, AbortSignal.timeout(20))).rejects.toMatchObject({
    code: 'LAB_NODE_UNREACHABLE',
  });
});

test('a node without a socket, or with no folder shared, is unreachable', async () => {
  for (const one of [node, { ...node, terminalFolder: null }]) {
    await expect(dialer.dial(one, 80, NEVER)).rejects.toMatchObject({ code: 'LAB_NODE_UNREACHABLE' });
  }
});
