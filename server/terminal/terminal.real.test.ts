/** Terminals on real ptys: dtach and bash of this machine, no Docker. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LabSessionId, type TerminalId } from '#contract/ids.ts';
import { TERMINAL_CLOSE, TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';
import type { TerminalWatcher } from '../domain/lab-terminals.ts';
import { MAX_TERMINALS_PER_NODE, Terminals } from './terminals.ts';
import { FakeSocket } from './testing/fake-socket.ts';
import { FakeWatcher } from './testing/fake-watcher.ts';
import { LocalLabShell } from './testing/local-lab-shell.ts';

const LAB = LabSessionId.parse('lab0000000000000');
const SIZE = { cols: 80, rows: 24 };

let shell: LocalLabShell;
let saved: string;
let servers: Terminals[];
let sequences: unknown[];
let ended: number;
let logged: string[];

beforeEach(() => {
  shell = new LocalLabShell();
  saved = mkdtempSync(join(tmpdir(), 'lab-saved-'));
  servers = [];
  sequences = [];
  ended = 0;
  logged = [];
});

afterEach(async () => {
  for (const server of servers) await server.closeLab(LAB);
  await shell.dispose();
  rmSync(saved, { recursive: true, force: true });
});

function startServer(): Terminals {
  const note = (data: object, event: string): void => void logged.push(`${event} ${JSON.stringify(data)}`);
  const server = new Terminals({
    shell,
    savedScreensFolder: saved,
    log: { debug: note, info: note, warn: note, error: note },
    onSequence: (_lab, sequence) => sequences.push(sequence),
    onInput: () => {},
    onEnded: () => {
      ended += 1;
    },
  });
  servers.push(server);
  return server;
}

function connect(
  server: Terminals,
  id: TerminalId,
  options: Partial<{
    acknowledges: boolean;
    watcher: TerminalWatcher;
    resume: { epoch: string; since: number };
  }> = {},
): FakeSocket {
  const socket = new FakeSocket({ acknowledges: options.acknowledges ?? true });
  server.connect(id, { socket, watcher: options.watcher ?? null, resume: options.resume ?? null });
  return socket;
}

async function until(what: string, isSo: () => boolean, waitMs = 5000): Promise<void> {
  for (const deadline = Date.now() + waitMs; !isSo(); await delay(10)) {
    if (Date.now() > deadline) throw new Error(`not within ${waitMs} ms: ${what}`);
  }
}

const promptShown = (socket: FakeSocket): boolean =>
  socket.controls.some((control) => 'shell' in control && control.shell === 'prompt');

async function openWithPrompt(server: Terminals): Promise<{ id: TerminalId; socket: FakeSocket }> {
  const { id } = await server.open(LAB, shell.node, SIZE);
  const socket = connect(server, id);
  socket.receive({ type: 'resize', ...SIZE });
  await until('first prompt', () => promptShown(socket) && socket.text.includes('ready'));
  return { id, socket };
}

async function runAndSee(socket: FakeSocket, command: string, seen: string): Promise<void> {
  socket.type(`${command}\r`);
  await until(`${seen} after ${command}`, () => socket.plain.includes(seen));
}

test('echo: what is typed comes back, with prompt and exit code', async () => {
  const { socket } = await openWithPrompt(startServer());
  await runAndSee(socket, 'echo "한글 $((6*7))"; false', '한글 42');
  await until('exit code', () =>
    socket.controls.some(
      (control) => control.type === 'shell' && control.shell === 'prompt' && control.exitCode === 1,
    ),
  );
  expect(socket.frames[0]).toMatchObject({ control: { type: 'hello', ...SIZE, readOnly: false } });
});

test('a page that stops reading holds the shell back, and bounds what waits for it', async () => {
  const { socket } = await openWithPrompt(startServer());
  socket.acknowledges = false;
  socket.keepsFrames = false;
  socket.outputBytes = 0;
  socket.type("head -c 20000000 /dev/zero | tr '\\0' x; echo DONE\r");
  await until('high water', () => socket.outputBytes > TERMINAL_LIMITS.highWaterBytes);
  await delay(500);
  const slackBytes = 128 * 1024;
  expect(socket.outputBytes).toBeLessThan(TERMINAL_LIMITS.highWaterBytes + slackBytes);
  socket.acknowledges = true;
  socket.receive({ type: 'ack', offset: socket.offset });
  await until('the rest', () => socket.outputBytes > 20_000_000, 20_000);
}, 30_000);

test('a sleeping page holds the shell back for five seconds only, then catches up by snapshot', async () => {
  const { socket } = await openWithPrompt(startServer());
  socket.acknowledges = false;
  const done = join(shell.folder, 'done');
  socket.type(`head -c 20000000 /dev/zero | tr '\\0' x; touch ${done}; echo AWAKE\r`);
  await until('the flood to end unread', () => existsSync(done), 15_000);
  const sentBytes = socket.outputBytes;
  expect(sentBytes).toBeLessThan(1024 * 1024);
  socket.acknowledges = true;
  socket.receive({ type: 'ack', offset: socket.offset });
  await until(
    'snapshot',
    () => socket.frames.some(({ type }) => type === 'snapshot') && socket.text.includes('AWAKE'),
  );
}, 30_000);

test('the tail of the output is whole when the shell ends while the page is stalled', async () => {
  const { socket } = await openWithPrompt(startServer());
  socket.acknowledges = false;
  socket.outputBytes = 0;
  // A little more than high water: the rest waits in the kernel. The pause is for dtach, which drops what it has in
  // hand when its shell ends.
  socket.type('seq 100000 152000; printf "the very %s" end; sleep 0.3; exit\r');
  await until('high water', () => socket.outputBytes > TERMINAL_LIMITS.highWaterBytes);
  // Longer than node-pty keeps a pty open after the program's end.
  await delay(1000);
  expect(socket.closed).toBeNull();
  socket.acknowledges = true;
  socket.receive({ type: 'ack', offset: socket.offset });
  await until('end', () => socket.closed !== null);
  expect(socket.closed).toEqual({ code: TERMINAL_CLOSE.ended });
  expect(socket.plain.match(/^\d{6}$/gm)?.length).toBe(52_001);
  expect(socket.text).toContain('the very end');
  expect(socket.text).not.toContain('dtach');
  expect(ended).toBe(1);
}, 20_000);

test('killing the attach process keeps the shell, and the terminal joins it again', async () => {
  const server = startServer();
  const { id, socket } = await openWithPrompt(server);
  await runAndSee(socket, 'MARK=kept; echo set', 'set');
  execFileSync('pkill', ['-KILL', '-f', `dtach -a ${shell.folder}/${id}.sock`]);
  await until('re-attachment', () => logged.some((line) => line.startsWith('re-attach terminal')));
  await delay(400);
  await runAndSee(socket, 'echo "still $MARK"', 'still kept');
  expect(socket.closed).toBeNull();
  expect(socket.text).not.toContain('\x1b[H\x1b[J');
}, 15_000);

test('a snapshot restores wide text, alternate screen, mouse and cursor modes', async () => {
  const server = startServer();
  const { id, socket } = await openWithPrompt(server);
  const screen = '\\e[?1049h\\e[?1002;1006h\\e[?25l\\e[4 q\\e[2;3H한글 가나다';
  socket.type(`printf '${screen}\\e]2;제목\\a'; sleep 30\r`);
  await until('drawn', () => socket.text.includes('\x1b]2;제목\x07'));
  const second = connect(server, id);
  await until('snapshot', () => second.text.includes('가나다'));
  expect(second.controls.findLast((control) => 'shell' in control)).toMatchObject({ shell: 'running' });
  for (const part of [
    '\x1b[?1049h',
    '\x1b[?1002h',
    '\x1b[?1006h',
    '\x1b[?25l',
    '\x1b[4 q',
    '\x1b]2;제목\x07',
    '한글 가나다',
  ]) {
    expect(second.text).toContain(part);
  }
});

test('a page that comes back gets what it missed, and only that', async () => {
  const server = startServer();
  const { id, socket } = await openWithPrompt(server);
  const hello = socket.controls[0];
  if (hello?.type !== 'hello') throw new Error('no hello');
  await runAndSee(socket, 'echo first', '\nfirst');
  socket.close(1006);
  const again = connect(server, id, { resume: { epoch: hello.epoch, since: socket.offset } });
  again.type('echo second\r');
  await until('second', () => again.plain.includes('\nsecond'));
  expect(again.plain).not.toContain('first');
  expect(again.frames.some(({ type }) => type === 'snapshot')).toBe(false);
});

test('the size of the window that is used last is the shell’s, and every window learns of it', async () => {
  const server = startServer();
  const { id, socket } = await openWithPrompt(server);
  const second = connect(server, id);
  second.receive({ type: 'resize', cols: 101, rows: 31 });
  await runAndSee(second, 'stty size', '31 101');
  expect(socket.controls).toContainEqual({ type: 'size', cols: 101, rows: 31 });
  await runAndSee(socket, 'stty size', '24 80');
  socket.type('echo gone\r');
  socket.close(1006);
  await until('back to the other window', () =>
    second.controls.some((control) => control.type === 'size' && control.cols === 101),
  );
});

test('a paste of 400 kB to a program that does not read costs no processor time, and ^C drops it', async () => {
  const { socket } = await openWithPrompt(startServer());
  await runAndSee(socket, 'stty raw -echo; echo PASTE; sleep 4; stty sane', 'PASTE');
  const chunk = 'x'.repeat(TERMINAL_LIMITS.inputChunkBytes);
  let sentBytes = 0;
  const takenBytes = (): number =>
    Math.max(0, ...socket.frames.map((frame) => (frame.type === 'taken' ? frame.inputBytes : 0)));
  const fill = (): void => {
    while (
      sentBytes < 400_000 &&
      sentBytes + chunk.length - takenBytes() <= TERMINAL_LIMITS.inputWindowBytes
    ) {
      socket.type(chunk);
      sentBytes += chunk.length;
    }
  };
  for (let round = 0; round < 10; round += 1) {
    fill();
    await delay(50);
  }
  const before = process.cpuUsage();
  await delay(1500);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_500_000).toBeLessThan(0.1);
  expect(sentBytes).toBeLessThan(400_000);
  expect(socket.closed).toBeNull();
  socket.type('\x03');
  await until('queue dropped', () => sentBytes - takenBytes() < TERMINAL_LIMITS.takenEveryBytes);
}, 15_000);

test('a page that sends more than the window allows is closed', async () => {
  const { socket } = await openWithPrompt(startServer());
  await runAndSee(socket, 'stty raw -echo; echo PASTE; sleep 2; stty sane', 'PASTE');
  for (let sent = 0; sent < 40; sent += 1) socket.type('x'.repeat(TERMINAL_LIMITS.inputChunkBytes));
  expect(socket.closed).toEqual({ code: TERMINAL_CLOSE.tooFast });
});

test('run: a block of several lines runs in order, and a command in it reads what the learner types', async () => {
  const { socket } = await openWithPrompt(startServer());
  socket.type('half typed');
  const text = 'echo start\nread -r NAME\necho "hello $NAME"\n';
  socket.receive({ type: 'command', command: { type: 'run', text, interrupt: false } });
  await until('sent', () =>
    socket.controls.some((control) => control.type === 'run' && control.outcome === 'sent'),
  );
  await until('start', () => socket.plain.includes('\nstart'));
  await delay(200);
  socket.type('민지\r');
  await until('greeting', () => socket.plain.includes('\nhello 민지'));
});

test('run: refused while a command runs or a full-screen program is open; ^C first on request', async () => {
  const { socket } = await openWithPrompt(startServer());
  const run = async (text: string, interrupt: boolean): Promise<string> => {
    const answered = socket.controls.filter(({ type }) => type === 'run').length;
    socket.receive({ type: 'command', command: { type: 'run', text, interrupt } });
    await until('answer', () => socket.controls.filter(({ type }) => type === 'run').length > answered);
    const last = socket.controls.findLast(({ type }) => type === 'run');
    return last?.type === 'run' ? last.outcome : 'none';
  };
  expect(await run('echo a\x1b[31m', false)).toBe('text');
  await runAndSee(socket, 'echo sleeping; sleep 60', '\nsleeping');
  expect(await run('echo no', false)).toBe('busy');
  // bash forgets a ^C that comes between `echo` and the fork of `sleep`.
  await delay(200);
  expect(await run('echo "after $((1+1))"', true)).toBe('sent');
  await until('after', () => socket.text.includes('after 2'));
  await runAndSee(socket, "printf '\\e[?1049hFULL'; sleep 1; printf '\\e[?1049l'", '\nFULL');
  expect(await run('echo no', true)).toBe('fullscreen');
});

test('run: an unfinished command at the continuation prompt is given up first', async () => {
  const { socket } = await openWithPrompt(startServer());
  await runAndSee(socket, "echo 'open", '\n> ');
  socket.receive({
    type: 'command',
    command: { type: 'run', text: 'echo "run $((2+1))"', interrupt: false },
  });
  await until('run', () => socket.plain.includes('\nrun 3'));
});

test('after an orderly restart shell, number and screen are there again, and the written screen is deleted', async () => {
  const before = startServer();
  const first = await openWithPrompt(before);
  const { id, socket } = await openWithPrompt(before);
  await runAndSee(socket, 'KEPT=yes; echo "on $((40+2)) screen"', 'on 42 screen');
  await before.detachAll();
  expect(socket.closed).toEqual({ code: TERMINAL_CLOSE.restarting });
  const [name] = readdirSync(saved).filter((file) => file.startsWith(id));
  expect(statSync(join(saved, name ?? '')).mode & 0o777).toBe(0o600);
  expect(statSync(saved).mode & 0o777).toBe(0o700);

  const after = startServer();
  await after.adopt(LAB, [shell.node]);
  expect(readdirSync(saved)).toEqual([]);
  expect(after.list(LAB).map((view) => [view.id, view.number])).toEqual([
    [first.id, 1],
    [id, 2],
  ]);
  const again = connect(after, id);
  await until('screen', () => again.text.includes('on 42 screen'));
  expect(again.frames[0]).toMatchObject({ control: { type: 'hello', shell: 'prompt' } });
  await runAndSee(again, 'echo "kept: $KEPT"', 'kept: yes');
});

test('after a crash the shell is there again and draws its prompt', async () => {
  const before = startServer();
  const { id, socket } = await openWithPrompt(before);
  await runAndSee(socket, 'KEPT=yes; echo set', 'set');
  await before.closeLab(LAB);

  const after = startServer();
  await after.adopt(LAB, [shell.node]);
  const again = connect(after, id);
  await until('prompt', () => again.text.includes('ready$'));
  await runAndSee(again, 'echo "kept: $KEPT"', 'kept: yes');
});

test('an answer reaches the server, the page cannot be made to answer for the terminal', async () => {
  const { socket } = await openWithPrompt(startServer());
  const encoded = Buffer.from('node2 슬롯').toString('base64');
  await runAndSee(socket, `printf '\\e]7717;answer;which-slot;${encoded}\\a'; echo sent`, '\nsent');
  await until('answer', () => sequences.length === 1);
  expect(sequences).toEqual([{ type: 'answer', check: 'which-slot', value: 'node2 슬롯' }]);
  await runAndSee(socket, `IFS= read -rsdR -p $'\\e[6n' POS; echo "\${POS#*[}"`, '\n');
  await until('cursor position', () => /\n\d+;1\n/.test(socket.plain));
});

test('a watcher sees but does not type', async () => {
  const server = startServer();
  const { id, socket } = await openWithPrompt(server);
  const watcher = connect(server, id, { watcher: new FakeWatcher('Kim') });
  watcher.receive({ type: 'resize', cols: 40, rows: 10 });
  await runAndSee(socket, 'echo "size $(stty size)"', 'size 24 80');
  await until('watched', () => watcher.text.includes('size 24 80'));
  watcher.type('echo intruder\r');
  await runAndSee(socket, 'echo over', '\nover');
  expect(socket.text).not.toContain('intruder');
  expect(watcher.closed).toEqual({ code: TERMINAL_CLOSE.readOnly });
});

test('a watcher with the keyboard types into the same shell, and everybody reads who it is', async () => {
  const server = startServer();
  const { id, socket } = await openWithPrompt(server);
  const kim = new FakeWatcher('Kim');
  const watcher = connect(server, id, { watcher: kim });
  kim.take(true);
  watcher.type('echo by-$((6*7))\r');
  await until('typed', () => socket.text.includes('by-42') && watcher.text.includes('by-42'));
  expect(socket.controls).toContainEqual({ type: 'typing', name: 'Kim' });
  kim.take(false);
  watcher.type('echo too-late\r');
  await runAndSee(socket, 'echo over', '\nover');
  expect(socket.text).not.toContain('too-late');
  expect(watcher.closed).toBeNull();
});

test('six terminals per node, closing one makes room, numbers are used again', async () => {
  const server = startServer();
  const views = [];
  for (let count = 0; count < MAX_TERMINALS_PER_NODE; count += 1)
    views.push(await server.open(LAB, shell.node, SIZE));
  await expect(server.open(LAB, shell.node, SIZE)).rejects.toMatchObject({
    code: 'TERMINAL_LIMIT_REACHED',
    params: { limit: MAX_TERMINALS_PER_NODE },
  });
  const third = views[2];
  if (third === undefined) throw new Error('no third');
  const socket = connect(server, third.id);
  await server.close(LAB, third.id);
  expect(socket.closed).toEqual({ code: TERMINAL_CLOSE.ended });
  expect((await server.open(LAB, shell.node, SIZE)).number).toBe(3);
  await expect(server.close(LAB, third.id)).rejects.toMatchObject({ code: 'TERMINAL_UNKNOWN' });
}, 20_000);

test('nothing of the terminals is logged', async () => {
  const server = startServer();
  const { id, socket } = await openWithPrompt(server);
  await runAndSee(socket, 'echo top-secret', '\ntop-secret');
  execFileSync('pkill', ['-KILL', '-f', `dtach -a ${shell.folder}/${id}.sock`]);
  await until('log line', () => logged.length > 0);
  await server.detachAll();
  expect(logged.join('\n')).not.toContain('top-secret');
  writeFileSync(join(saved, 'other.json'), '{}');
  await server.discardSaved();
  expect(readdirSync(saved)).toEqual([]);
});
