import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { encodeServerFrame } from '#contract/terminal-codec.ts';
import { TERMINAL_CLOSE } from '#contract/terminal-protocol.ts';
import { SocketLink } from './socket-link.ts';

/** The browser's WebSocket, with the network in the test's hands. */
class FakeWebSocket extends EventTarget {
  static readonly OPEN = 1;
  static all: FakeWebSocket[] = [];
  static get last(): FakeWebSocket {
    const last = FakeWebSocket.all.at(-1);
    if (last === undefined) throw new Error('no socket');
    return last;
  }

  readyState = 1;
  binaryType = '';
  readonly sent: Uint8Array[] = [];
  readonly address: string;
  readonly protocols: string[];

  constructor(address: URL, protocols: string[]) {
    super();
    this.address = address.pathname + address.search;
    this.protocols = protocols;
    FakeWebSocket.all.push(this);
  }

  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }

  close(): void {
    this.readyState = 3;
  }

  hello(): void {
    const control = {
      type: 'hello',
      epoch: 'e',
      base: 0,
      cols: 80,
      rows: 24,
      shell: 'prompt',
      exitCode: null,
      startedBlank: false,
    } as const;
    const { buffer } = encodeServerFrame({ type: 'control', control: { ...control, readOnly: false } });
    this.dispatchEvent(Object.assign(new Event('message'), { data: buffer }));
  }

  end(code: number): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

let statuses: string[];
let resumeLost: number;
let openTicket: () => Promise<string>;
let page: EventTarget & { hidden: boolean };
let browser: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  FakeWebSocket.all = [];
  statuses = [];
  resumeLost = 0;
  openTicket = async () => 'abc';
  page = Object.assign(new EventTarget(), { hidden: false });
  browser = new EventTarget();
  vi.stubGlobal('WebSocket', FakeWebSocket);
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', browser);
  vi.stubGlobal('location', { href: 'http://lab.test/ko/' });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function start(): Promise<SocketLink> {
  const link = new SocketLink({
    terminalId: 't1',
    openTicket: () => openTicket(),
    resume: () => (statuses.includes('live') ? { epoch: 'e', since: 9 } : null),
    onFrame: () => {},
    onResumeLost: () => {
      resumeLost += 1;
    },
    onStatus: (status) => statuses.push(status),
  });
  await vi.advanceTimersByTimeAsync(0);
  return link;
}

test('the ticket travels as a subprotocol, and hello makes the link live', async () => {
  const link = await start();
  expect(FakeWebSocket.last.protocols).toEqual(['labterm.v1', 'ticket.abc']);
  expect(FakeWebSocket.last.address).toBe('/ws/terminals/t1');
  expect(link.isLive).toBe(false);
  FakeWebSocket.last.hello();
  expect(statuses).toEqual(['live']);
});

test('a lost connection comes back with a new ticket, where it was', async () => {
  await start();
  FakeWebSocket.last.hello();
  FakeWebSocket.last.end(1006);
  expect(statuses.at(-1)).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(300);
  expect(FakeWebSocket.last.address).toBe('/ws/terminals/t1?epoch=e&since=9');
  FakeWebSocket.last.hello();
  expect(statuses.at(-1)).toBe('live');
});

test.each([
  [TERMINAL_CLOSE.ended, 'ended'],
  [TERMINAL_CLOSE.gone, 'gone'],
])('close code %i is the end: %s', async (code, status) => {
  await start();
  FakeWebSocket.last.hello();
  FakeWebSocket.last.end(code);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(statuses.at(-1)).toBe(status);
  expect(FakeWebSocket.all.length).toBe(1);
});

test('after a malformed frame the page starts from a snapshot', async () => {
  await start();
  FakeWebSocket.last.end(TERMINAL_CLOSE.malformed);
  expect(resumeLost).toBe(1);
});

test('waits grow to five seconds, and end when the browser is online or visible again', async () => {
  await start();
  for (let attempt = 0; attempt < 10; attempt += 1) {
    FakeWebSocket.last.end(1006);
    await vi.advanceTimersByTimeAsync(5001);
  }
  const count = FakeWebSocket.all.length;
  expect(count).toBe(11);
  FakeWebSocket.last.end(1006);
  await vi.advanceTimersByTimeAsync(1000);
  expect(FakeWebSocket.all.length).toBe(count);
  browser.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(0);
  expect(FakeWebSocket.all.length).toBe(count + 1);
});

test('a terminal that no longer exists is gone, a server that is down is asked again', async () => {
  openTicket = async () => {
    throw Object.assign(new Error('down'), { code: 'SERVER_UNREACHABLE' });
  };
  await start();
  expect(statuses).toEqual(['reconnecting']);
  openTicket = async () => {
    throw Object.assign(new Error('gone'), { code: 'TERMINAL_UNKNOWN' });
  };
  await vi.advanceTimersByTimeAsync(5000);
  expect(statuses.at(-1)).toBe('gone');
  expect(FakeWebSocket.all).toEqual([]);
});

test('a handshake without hello is given up', async () => {
  await start();
  await vi.advanceTimersByTimeAsync(10_500);
  expect(FakeWebSocket.all.length).toBe(2);
});

test('a page that is hidden says so, also when it connects hidden', async () => {
  await start();
  page.hidden = true;
  FakeWebSocket.last.hello();
  expect(FakeWebSocket.last.sent.length).toBe(1);
  page.hidden = false;
  page.dispatchEvent(new Event('visibilitychange'));
  expect(FakeWebSocket.last.sent.length).toBe(2);
});

test('stopped, it lets go of everything', async () => {
  const link = await start();
  FakeWebSocket.last.hello();
  link.stop();
  browser.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeWebSocket.all.length).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});
