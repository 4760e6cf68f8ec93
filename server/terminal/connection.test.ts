import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OPCODE, TERMINAL_CLOSE, TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';
import { Connection, type ConnectionHost, type ConnectionOptions } from './connection.ts';
import { ReplayRing } from './replay-ring.ts';
import { SharedFrame } from './shared-frame.ts';
import { FakeSocket } from './testing/fake-socket.ts';
import { FakeWatcher } from './testing/fake-watcher.ts';

const { highWaterBytes: HIGH, inputChunkBytes } = TERMINAL_LIMITS;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A terminal whose shell is the test. */
class FakeHost implements ConnectionHost {
  readonly epoch = 'epoch1';
  readonly ring = new ReplayRing(256 * 1024);
  readonly typed: string[] = [];
  readonly used: unknown[] = [];
  takes = true;
  left = vi.fn();
  holdChanged = vi.fn();
  run = vi.fn(async () => 'sent' as const);
  connection: Connection | null = null;

  hello() {
    return {
      epoch: this.epoch,
      cols: 80,
      rows: 24,
      shell: 'prompt',
      exitCode: 0,
      startedBlank: false,
    } as const;
  }

  async snapshot() {
    return { cols: 80, rows: 24, offset: this.ring.endOffset, bytes: Buffer.from('SNAP') };
  }

  input(_connection: Connection, bytes: Uint8Array, onTaken: (count: number) => void): void {
    this.typed.push(Buffer.from(bytes).toString());
    if (this.takes) onTaken(bytes.length);
  }

  use(connection: Connection): void {
    this.used.push(connection.viewport);
  }

  outputFrom(offset: number): Uint8Array {
    return new SharedFrame(this.ring).from(offset);
  }

  print(text: string): void {
    this.ring.append(Buffer.from(text));
    this.connection?.notify();
  }
}

async function join(options: Partial<ConnectionOptions> = {}, host = new FakeHost()) {
  const socket = new FakeSocket({ acknowledges: false });
  const connection = new Connection(host, {
    socket,
    watcher: null,
    resume: null,
    nowMs: () => performance.now(),
    ...options,
  });
  host.connection = connection;
  await vi.advanceTimersByTimeAsync(0);
  return { host, socket, connection };
}

const kinds = (socket: FakeSocket): string[] =>
  socket.frames.map((frame) => (frame.type === 'control' ? frame.control.type : frame.type));

test('hello comes first, then a snapshot', async () => {
  const { socket } = await join();
  expect(kinds(socket)).toEqual(['hello', 'size', 'snapshot']);
});

test('the same epoch and a held offset get the difference only', async () => {
  const host = new FakeHost();
  host.print('0123456789');
  const { socket } = await join({ resume: { epoch: 'epoch1', since: 4 } }, host);
  expect(kinds(socket)).toEqual(['hello', 'output']);
  expect(socket.controls[0]).toMatchObject({ base: 4 });
  expect(socket.text).toBe('456789');
});

test.each([
  ['another epoch', { epoch: 'other', since: 4 }],
  ['an offset of the future', { epoch: 'epoch1', since: 11 }],
  ['an offset that the ring has lost', { epoch: 'epoch1', since: 1 }],
])('%s gets a snapshot', async (what, resume) => {
  const host = new FakeHost();
  host.print(what.includes('lost') ? 'x'.repeat(300_000) : '0123456789');
  const { socket } = await join({ resume }, host);
  expect(kinds(socket)).toContain('snapshot');
});

test('the first output goes at once, what follows is gathered for 4 ms', async () => {
  const { host, socket } = await join();
  host.print('a');
  expect(socket.text).toBe('SNAPa');
  host.print('b');
  host.print('c');
  expect(socket.text).toBe('SNAPa');
  await vi.advanceTimersByTimeAsync(4);
  expect(socket.frames.at(-1)).toMatchObject({ type: 'output', bytes: new TextEncoder().encode('bc') });
});

test('64 KiB go without waiting', async () => {
  const { host, socket } = await join();
  host.print('a');
  host.print('x'.repeat(64 * 1024));
  expect(socket.outputBytes).toBe(64 * 1024 + 1);
});

function flood(host: FakeHost, bytes: number): void {
  for (let sent = 0; sent < bytes; sent += 32 * 1024) host.print('x'.repeat(32 * 1024));
}

test('holds the shell above high water until acknowledged', async () => {
  const { host, socket, connection } = await join();
  flood(host, HIGH);
  expect(connection.mustHold).toBe(false);
  host.print('x');
  expect(connection.mustHold).toBe(true);
  socket.receive({ type: 'ack', offset: socket.offset });
  expect(connection.mustHold).toBe(false);
  expect(host.holdChanged).toHaveBeenCalled();
});

test('a stalled page is left behind after five seconds and caught up when it acknowledges', async () => {
  const { host, socket, connection } = await join();
  flood(host, HIGH + 32 * 1024);
  await vi.advanceTimersByTimeAsync(4000);
  expect(connection.mustHold).toBe(true);
  await vi.advanceTimersByTimeAsync(2000);
  expect(connection.mustHold).toBe(false);
  const sentBytes = socket.outputBytes;
  flood(host, 512 * 1024);
  expect(socket.outputBytes).toBe(sentBytes);
  socket.receive({ type: 'ack', offset: socket.offset });
  await vi.advanceTimersByTimeAsync(1);
  expect(kinds(socket).slice(-2)).toEqual(['size', 'snapshot']);
  expect(socket.offset).toBe(host.ring.endOffset);
});

test('a hidden page gets nothing, then what it missed', async () => {
  const { host, socket } = await join();
  socket.receive({ type: 'command', command: { type: 'hidden', hidden: true } });
  host.print('while away');
  await vi.advanceTimersByTimeAsync(10);
  expect(socket.text).toBe('SNAP');
  socket.receive({ type: 'command', command: { type: 'hidden', hidden: false } });
  expect(socket.text).toBe('SNAPwhile away');
});

test('a full socket is left alone until it is empty, one that never empties is ended', async () => {
  const { host, socket } = await join();
  socket.bufferedBytes = 2 * 1024 * 1024;
  host.print('a');
  host.print('b');
  await vi.advanceTimersByTimeAsync(1000);
  expect(socket.text).toBe('SNAPa');
  socket.bufferedBytes = 0;
  await vi.advanceTimersByTimeAsync(300);
  expect(socket.text).toBe('SNAPab');
  socket.bufferedBytes = 9 * 1024 * 1024;
  host.print('c');
  await vi.advanceTimersByTimeAsync(10);
  expect(socket.closed).toBe('terminated');
  expect(host.left).toHaveBeenCalledTimes(1);
});

test('input is passed on and acknowledged as taken', async () => {
  const { host, socket } = await join();
  socket.type('ls\r');
  expect(host.typed).toEqual(['ls\r']);
  socket.type('x'.repeat(inputChunkBytes));
  expect(socket.frames.at(-1)).toEqual({ type: 'taken', inputBytes: inputChunkBytes + 3 });
});

test.each([
  ['a text frame', null],
  ['an unknown opcode', Uint8Array.of(0x55)],
  ['an acknowledgement of what was never sent', Uint8Array.of(OPCODE.ack, 0, 0, 0, 0, 0, 9)],
])('%s ends the connection as malformed', async (_what, data) => {
  const { socket } = await join();
  socket.receiveRaw(data);
  expect(socket.closed).toEqual({ code: TERMINAL_CLOSE.malformed });
});

test('more input than the window, or too many frames, end the connection', async () => {
  const first = await join();
  first.host.takes = false;
  for (let sent = 0; sent < 6; sent += 1) first.socket.type('x'.repeat(inputChunkBytes));
  expect(first.socket.closed).toEqual({ code: TERMINAL_CLOSE.tooFast });

  const second = await join();
  for (let sent = 0; sent < 2500; sent += 1) second.socket.type('x');
  expect(second.socket.closed).toEqual({ code: TERMINAL_CLOSE.tooFast });
});

test('typing and dragging for a minute is not too fast', async () => {
  const { socket } = await join();
  for (let tick = 0; tick < 6000; tick += 1) {
    socket.type('x');
    if (tick % 10 === 0) socket.receive({ type: 'resize', cols: 80 + (tick % 50), rows: 24 });
    await vi.advanceTimersByTimeAsync(10);
    if (tick % 1000 === 0) socket.pong();
  }
  expect(socket.closed).toBeNull();
});

test('a watcher neither resizes nor runs', async () => {
  const { host, socket } = await join({ watcher: new FakeWatcher('Kim') });
  socket.receive({ type: 'resize', cols: 40, rows: 10 });
  socket.receive({ type: 'command', command: { type: 'run', text: 'ls', interrupt: false } });
  expect([host.typed, host.used, host.run.mock.calls.length]).toEqual([[], [], 0]);
  expect(socket.controls.at(-1)).toEqual({ type: 'run', outcome: 'busy' });
});

test('a watcher that types without the keyboard is shown out', async () => {
  const { host, socket } = await join({ watcher: new FakeWatcher('Kim') });
  socket.type('x');
  expect(host.typed).toEqual([]);
  expect(socket.closed).toEqual({ code: TERMINAL_CLOSE.readOnly });
});

test('the keyboard lets a watcher type, but never sets the size; keys that come late are dropped', async () => {
  const kim = new FakeWatcher('Kim');
  const { host, socket } = await join({ watcher: kim });
  kim.take(true);
  socket.type('a');
  socket.receive({ type: 'resize', cols: 40, rows: 10 });
  kim.take(false);
  socket.type('b');
  await vi.advanceTimersByTimeAsync(1_900);
  socket.type('c');
  expect([host.typed, host.used, socket.closed]).toEqual([['a'], [], null]);
  expect(socket.controls.filter(({ type }) => type === 'keyboard')).toEqual([
    { type: 'keyboard', isYours: true },
    { type: 'keyboard', isYours: false },
  ]);
  await vi.advanceTimersByTimeAsync(200);
  socket.type('d');
  expect(socket.closed).toEqual({ code: TERMINAL_CLOSE.readOnly });
  expect(kim.listeners).toBe(0);
});

test('a watcher that does not keep up is left behind at once instead of holding the shell', async () => {
  const { host, socket, connection } = await join({ watcher: new FakeWatcher('Kim') });
  flood(host, HIGH + 32 * 1024);
  expect(connection.mustHold).toBe(false);
  const sentBytes = socket.outputBytes;
  flood(host, 512 * 1024);
  expect(socket.outputBytes).toBe(sentBytes);
  socket.receive({ type: 'ack', offset: socket.offset });
  await vi.advanceTimersByTimeAsync(1);
  expect(socket.offset).toBe(host.ring.endOffset);
});

test('a peer that answers no ping is ended', async () => {
  const { socket } = await join();
  await vi.advanceTimersByTimeAsync(50_000);
  expect(socket.pings).toBe(2);
  socket.pong();
  await vi.advanceTimersByTimeAsync(50_000);
  expect(socket.closed).toBeNull();
  await vi.advanceTimersByTimeAsync(25_000);
  expect(socket.closed).toBe('terminated');
});

test('closing sends the rest first, and nothing afterwards', async () => {
  const { host, socket, connection } = await join();
  host.print('a');
  host.print('tail');
  connection.close(TERMINAL_CLOSE.ended, 'done');
  host.print('later');
  await vi.advanceTimersByTimeAsync(100);
  expect(socket.text).toBe('SNAPatail');
  expect(vi.getTimerCount()).toBe(0);
});
