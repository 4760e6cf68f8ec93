import { expect, test } from 'vitest';
import { Screen } from './screen.ts';
import { ShellTracker } from './shell-tracker.ts';

function makeScreen(cols = 20, rows = 5) {
  const seen = { replies: [] as string[], sequences: [] as unknown[], missed: 0 };
  const shell = new ShellTracker(() => {}, { state: 'unknown', exitCode: null });
  const screen = new Screen({
    cols,
    rows,
    shell,
    onReply: (keys) => seen.replies.push(keys),
    onSequence: (sequence) => seen.sequences.push(sequence),
    onPromptMissed: () => {
      seen.missed += 1;
    },
  });
  return { screen, shell, seen };
}

/** What another terminal shows after it is given the snapshot: drawn again, it must give the same snapshot. */
async function redrawn(snapshot: string): Promise<string> {
  const { screen } = makeScreen();
  screen.write(snapshot);
  return screen.drawn((drawn) => drawn.serialize());
}

test.each([
  ['Hangul and emoji', '한글 abc 😀\r\n둘째 줄'],
  ['colours', '\x1b[31mred\x1b[1;48;5;22m bold\x1b[0m \x1b[38;2;1;2;3mrgb'],
  ['the alternate screen', 'below\x1b[?1049h\x1b[2;2Hfull'],
  ['mouse tracking with SGR encoding', '\x1b[?1002h\x1b[?1006h'],
  ['a hidden cursor', '\x1b[?25lx'],
  ['the cursor style', '\x1b[6 q'],
  ['a title', '\x1b]0;제목\x07'],
  ['bracketed paste', '\x1b[?2004h$ '],
  ['a scrolled history', Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\r\n')],
])('a snapshot restores %s', async (_what, output) => {
  const { screen } = makeScreen();
  screen.write(output);
  const snapshot = await screen.drawn((drawn) => drawn.serialize());
  expect(await redrawn(snapshot)).toBe(snapshot);
});

test.each([
  ['mouse encoding', '\x1b[?1000h\x1b[?1006h', '\x1b[?1006h'],
  ['hidden cursor', '\x1b[?25l', '\x1b[?25l'],
  ['cursor style', '\x1b[3 q', '\x1b[3 q'],
  ['title', '\x1b]2;t\x07', '\x1b]2;t\x07'],
])('what the serializer leaves out is added: %s', async (_what, output, expected) => {
  const { screen } = makeScreen();
  screen.write(output);
  expect(await screen.drawn((drawn) => drawn.serialize())).toContain(expected);
});

test('a mode that is over, or a reset terminal, is not restored', async () => {
  const { screen } = makeScreen();
  screen.write('\x1b[?25l\x1b[?25h\x1b[?1006h\x1b[?1006l\x1b[5 q\x1bc');
  expect(await screen.drawn((drawn) => drawn.serialize())).toBe('');
});

test('a new size holds from its place in the output on', async () => {
  const { screen } = makeScreen(10, 3);
  screen.write('0123456789abc');
  screen.resize(20, 3);
  screen.write('\r\nwide');
  expect(await screen.drawn(({ size }) => size)).toEqual({ cols: 20, rows: 3 });
});

test('looking waits for what was written before, and not for what comes after', async () => {
  const { screen } = makeScreen();
  screen.write('first');
  const look = screen.drawn((drawn) => drawn.serialize());
  screen.write(' second');
  expect(await look).toBe('first');
  expect(screen.pendingBytes).toBeGreaterThanOrEqual(0);
});

test('programs that ask the terminal are answered, marks and answers are heard', async () => {
  const { screen, shell, seen } = makeScreen();
  screen.write('ab\x1b[6n\x1b]133;B\x07\x1b]7717;answer;slot-of;Mw==\x07\x1b]7717;answer;x\x07');
  await screen.drawn(() => {});
  expect(seen.replies).toEqual(['\x1b[1;3R']);
  expect(seen.sequences).toEqual([{ type: 'answer', check: 'slot-of', value: '3' }]);
  expect(shell.state).toBe('prompt');
});

test('a prompt without bracketed paste before it was missed, later ones were not', async () => {
  const { screen, seen } = makeScreen();
  screen.write('\x1b]133;B\x07');
  await screen.drawn(() => {});
  expect(seen.missed).toBe(1);
  screen.write('\x1b[?2004h\x1b[?2004l\x1b]133;B\x07');
  await screen.drawn(() => {});
  expect(seen.missed).toBe(1);
});
