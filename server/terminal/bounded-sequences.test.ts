import { expect, test } from 'vitest';
import { BoundedSequences, MAX_STRING_BYTES } from './bounded-sequences.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** In one piece and byte by byte: both must come to the same. */
function passed(output: string): string {
  const whole = text(new BoundedSequences().pass(Buffer.from(output)));
  const limits = new BoundedSequences();
  const pieces = [...Buffer.from(output)].map((byte) => limits.pass(Uint8Array.of(byte)));
  expect(text(Buffer.concat(pieces))).toBe(whole);
  return whole;
}

test.each([
  ['text, Hangul and emoji', 'ls -l 한글 👩‍💻\r\n'],
  ['colours', '\x1b[1;38;2;255;128;0m색\x1b[0m'],
  ['modes with long names', '\x1b[?2004h\x1b[?1049h\x1b[?2026$p\x1b[>4;2m'],
  ['the far corner', '\x1b[999;999H\x1b[6n'],
  [
    'a title, a link, an answer',
    '\x1b]0;제목\x07\x1b]8;;http://a/\x1b\\a\x1b]8;;\x1b\\\x1b]7717;answer;a;YQ==\x07',
  ],
  ['a request for a setting', '\x1bP$qm\x1b\\'],
  ['leading zeros', '\x1b[00000001;00012H'],
  ['8-bit controls', '\u009b31m\u009d0;t\u009c\u0090$qm\u009c é'],
])('%s pass as they are', (_name, output) => {
  expect(passed(output)).toBe(output);
});

test.each([
  ['\x1b[2147483647L', '\x1b[214L'],
  ['\x1b[99999;1:88888S', '\x1b[999;1:888S'],
  ['\u009b2147483647T', '\u009b214T'],
  ['\x1b[?99999999999h', '\x1b[?99999h'],
])('counts lose their digits: %j', (output, expected) => {
  expect(passed(output)).toBe(expected);
});

test.each(['\x1b]0;', '\x1b]8;;http://', '\x1bP+q', '\x1b_G', '\x1b^', '\x1bX', '\u009d0;', '\u0090q'])(
  'a string without end after %j is cancelled, and what comes after it is seen',
  (opener) => {
    const seen = passed(`a${opener}${'x'.repeat(100_000)}\x1b\\b`);
    expect(seen.length).toBeLessThan(MAX_STRING_BYTES + 20);
    expect(seen.endsWith('x\x18\x1b\\b')).toBe(true);
  },
);

test('the bell ends a dropped title, but no other string', () => {
  const long = '한'.repeat(5000);
  expect(passed(`\x1b]0;${long}\x07after`).endsWith('\x18after')).toBe(true);
  expect(passed(`\x1bP${long}\x07after`).endsWith('\x18')).toBe(true);
  expect(passed(`\x1bP${long}\u009cafter`).endsWith('\x18after')).toBe(true);
});

test('a flood costs little', () => {
  const chunk = Buffer.from('넘쳐흘러요 flood \x1b[31m\r\n'.repeat(40_000));
  const limits = new BoundedSequences();
  const startedMs = performance.now();
  limits.pass(chunk);
  expect(performance.now() - startedMs).toBeLessThan(500);
});
