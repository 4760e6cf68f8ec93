import { expect, test } from 'vitest';
import { BoundedSequences } from './bounded-sequences.ts';
import { Screen } from './screen.ts';
import { ShellTracker } from './shell-tracker.ts';

/** What a program in a lab may print, as a terminal of the server meets it. */
async function drawn(output: string) {
  let replies = '';
  const screen = new Screen({
    cols: 80,
    rows: 24,
    shell: new ShellTracker(() => {}, { state: 'unknown', exitCode: null }),
    onReply: (keys) => {
      replies += keys;
    },
    onSequence: () => {},
    onPromptMissed: () => {},
  });
  const bounds = new BoundedSequences();
  const startedMs = performance.now();
  let longestTurnMs = 0;
  let turnMs = startedMs;
  const turns = setInterval(() => {
    longestTurnMs = Math.max(longestTurnMs, performance.now() - turnMs);
    turnMs = performance.now();
  }, 1);
  screen.write(bounds.pass(Buffer.from(output)));
  await screen.drawn(() => {});
  clearInterval(turns);
  const seen = { replies, longestTurnMs, tookMs: performance.now() - startedMs, text: screen.serialize() };
  screen.dispose();
  return seen;
}

test.each(['L', 'M', 'S', 'T', 'b', 'I', 'Z', '@', 'P', 'X'])(
  'two thousand million times %s does not hold the process up',
  async (final) => {
    const { tookMs, text } = await drawn(`a\x1b[2147483647${final}\x1b[H\x1b[2Jstill here`);
    expect(tookMs).toBeLessThan(2000);
    expect(text).toContain('still here');
  },
);

test('others get their turn while a terminal draws what costs much', async () => {
  const { longestTurnMs } = await drawn('\x1b[24L\x1b[99b'.repeat(2000));
  expect(longestTurnMs).toBeLessThan(500);
});

test('accents without end fill cells, not one string', async () => {
  const { text } = await drawn(`a${'\u0301'.repeat(1_000_000)}\r\nnext`);
  expect(text).toContain('next');
  expect(text.length).toBeLessThan(200_000);
});

test('links, titles and clipboard writes leave nothing behind', async () => {
  const before = process.memoryUsage().heapUsed;
  const long = 'x'.repeat(1_000_000);
  const { text } = await drawn(
    `\x1b]8;;http://${long}\x1b\\\x1b]0;${long}\x07\x1b]52;c;${long}\x07end`.repeat(5),
  );
  expect(text).toContain('end');
  expect(text.length).toBeLessThan(20_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024);
});

test('replies carry nothing that a program chose', async () => {
  const queries =
    '\x05\x1b[c\x1b[>c\x1b[5n\x1b[6n\x1b[21t\x1b[18t\x1b]0;rm -rf /\x07\x1b[20t\x1bP$qrm -rf /\x1b\\';
  const { replies } = await drawn(`${queries}\x1b]10;?\x07\x1b]52;c;?\x07\x1bP+q726d\x1b\\\x1b[?2004$p`);
  for (const chosen of ['rm', '\r', '\n', '\x03', '\x04']) expect(replies).not.toContain(chosen);
  expect(replies.length).toBeLessThan(200);
});
