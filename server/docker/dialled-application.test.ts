import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { LabError } from '../domain/lab-error.ts';
import type { LabDialer, LabNodeRef } from '../ports.ts';
import { DialledApplication } from './dialled-application.ts';

const node: LabNodeRef = {
  environmentId: 'e',
  name: 'node1',
  containerId: 'c',
  engineSocket: '/nowhere',
  terminalFolder: null,
};
const WHERE = { port: 80, path: '/ready' };

let server: Server | undefined;
afterEach(() => void server?.close());

/** A program in the lab that answers a request with these bytes and goes on as told. */
async function applicationThat(answers: (socket: Socket, asked: string) => void): Promise<LabDialer> {
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (asked) => answers(socket, String(asked)));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    dial: (_node, _port, signal) =>
      new Promise((resolve) => {
        const socket = connect({ port, host: '127.0.0.1', signal });
        socket.once('connect', () => resolve(socket));
      }),
  };
}

const ask = (dialer: LabDialer, patienceMs = 300) =>
  new DialledApplication(dialer).ask(node, WHERE, AbortSignal.timeout(patienceMs));

const http = (status: string, body: string) =>
  `HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;

test('status and version of an answer are taken', async () => {
  let heard = '';
  const dialer = await applicationThat((socket, asked) => {
    heard = asked;
    socket.end(http('503 Service Unavailable', '{"ready":false,"version":"v5"}'));
  });
  expect(await ask(dialer)).toEqual({ kind: 'answered', status: 503, version: 'v5' });
  expect(heard).toMatch(/^GET \/ready HTTP\/1\.1\r\n/);
});

test.for([
  ['no JSON', 'hello'],
  ['a version with markup', '{"version":"<b>v1</b>"}'],
  ['a version without end', `{"version":"${'v'.repeat(99)}"}`],
  ['more than anybody reads', `{"version":"v1","x":"${'y'.repeat(100_000)}"}`],
])('%s names nobody', async ([, body]) => {
  const dialer = await applicationThat((socket) => socket.end(http('200 OK', body ?? '')));
  expect(await ask(dialer)).toEqual({ kind: 'answered', status: 200, version: null });
});

test.for([
  ['says nothing', () => {}],
  ['hangs up', (socket: Socket) => socket.end()],
  ['speaks another language', (socket: Socket) => socket.end('SSH-2.0-x\r\n')],
  ['only clears its throat', (socket: Socket) => socket.write('HTTP/1.1 102 Processing\r\n\r\n')],
  ['drips', (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{')],
  ['has endless headers', (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(9_000)}`)],
] as const)('a program that %s is silent', async ([, answers]) => {
  expect(await ask(await applicationThat((socket) => void answers(socket)))).toEqual({ kind: 'silent' });
});

test('where nothing listens, and where no node is', async () => {
  const failing = (code: 'PORT_CLOSED' | 'LAB_NODE_UNREACHABLE'): LabDialer => ({
    dial: async () => {
      throw new LabError(code, code);
    },
  });
  expect(await ask(failing('PORT_CLOSED'))).toEqual({ kind: 'refused' });
  expect(await ask(failing('LAB_NODE_UNREACHABLE'))).toEqual({ kind: 'away' });
});
