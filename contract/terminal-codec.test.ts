import { expect, test } from 'vitest';
import {
  decodePageFrame,
  decodeServerFrame,
  encodePageFrame,
  encodeServerFrame,
  type PageFrame,
  type ServerFrame,
} from './terminal-codec.ts';
import { OPCODE, TERMINAL_LIMITS, terminalSocketPath } from './terminal-protocol.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test('every kind of server frame survives the wire', () => {
  const frames: ServerFrame[] = [
    { type: 'output', bytes: bytes(0, 27, 255) },
    { type: 'output', bytes: bytes() },
    { type: 'snapshot', offset: 2 ** 40 + 5, bytes: bytes(1, 2) },
    { type: 'taken', inputBytes: 70_000 },
    {
      type: 'control',
      control: {
        type: 'hello',
        epoch: 'abc',
        base: 12,
        cols: 80,
        rows: 24,
        shell: 'prompt',
        exitCode: null,
        startedBlank: false,
        readOnly: false,
      },
    },
    { type: 'control', control: { type: 'run', outcome: 'fullscreen' } },
    { type: 'control', control: { type: 'ended', exitCode: 0 } },
  ];
  for (const frame of frames) expect(decodeServerFrame(encodeServerFrame(frame))).toEqual(frame);
});

test('every kind of page frame survives the wire, Korean commands too', () => {
  const frames: PageFrame[] = [
    { type: 'input', bytes: bytes(3) },
    { type: 'resize', cols: 2, rows: 1 },
    { type: 'resize', cols: TERMINAL_LIMITS.maxCols, rows: TERMINAL_LIMITS.maxRows },
    { type: 'ack', offset: 2 ** 47 },
    { type: 'command', command: { type: 'run', text: 'echo "한글 😀"\n', interrupt: true } },
    { type: 'command', command: { type: 'hidden', hidden: false } },
  ];
  for (const frame of frames) expect(decodePageFrame(encodePageFrame(frame))).toEqual(frame);
});

test('the layout of the bytes is fixed', () => {
  expect([...encodePageFrame({ type: 'ack', offset: 0x0102_0304_0506 })]).toEqual([0x13, 1, 2, 3, 4, 5, 6]);
  expect([...encodePageFrame({ type: 'resize', cols: 258, rows: 3 })]).toEqual([0x12, 1, 2, 0, 3]);
  expect([...encodeServerFrame({ type: 'snapshot', offset: 1, bytes: bytes(9) })]).toEqual([
    0x02, 0, 0, 0, 0, 0, 1, 9,
  ]);
});

test('a command of the greatest length fits into a frame, whatever its letters', () => {
  const text = '가'.repeat(TERMINAL_LIMITS.maxRunBytes);
  const frame = encodePageFrame({ type: 'command', command: { type: 'run', text, interrupt: false } });
  expect(frame.length).toBeLessThan(TERMINAL_LIMITS.maxFrameBytes);
  expect(decodePageFrame(frame)).not.toBeNull();
});

test.each([
  ['nothing', []],
  ['an unknown opcode', [0x7f, 1]],
  ['a server opcode', [OPCODE.output, 1]],
  ['input without bytes', [OPCODE.input]],
  ['a short resize', [OPCODE.resize, 0, 80, 0]],
  ['a long resize', [OPCODE.resize, 0, 80, 0, 24, 0]],
  ['one column', [OPCODE.resize, 0, 1, 0, 24]],
  ['no row', [OPCODE.resize, 0, 80, 0, 0]],
  ['501 columns', [OPCODE.resize, 1, 245, 0, 24]],
  ['a short ACK', [OPCODE.ack, 0, 0, 0, 0, 1]],
  ['a command that is no JSON', [OPCODE.command, 0x7b]],
  ['a command with bytes beyond ASCII', [OPCODE.command, 0xff]],
])('the server refuses %s', (_what, frame) => {
  expect(decodePageFrame(Uint8Array.from(frame))).toBeNull();
});

test('the server refuses unknown commands, unknown fields and too much input', () => {
  const command = (text: string): Uint8Array =>
    Uint8Array.from([OPCODE.command, ...new TextEncoder().encode(text)]);
  expect(decodePageFrame(command('{"type":"format"}'))).toBeNull();
  expect(decodePageFrame(command('{"type":"hidden","hidden":true,"x":1}'))).toBeNull();
  expect(
    decodePageFrame(new Uint8Array(TERMINAL_LIMITS.inputChunkBytes + 1).fill(OPCODE.input)),
  ).not.toBeNull();
  expect(decodePageFrame(new Uint8Array(TERMINAL_LIMITS.inputChunkBytes + 2).fill(OPCODE.input))).toBeNull();
});

test('the address says what the page has already', () => {
  expect(terminalSocketPath('t1', null)).toBe('/ws/terminals/t1');
  expect(terminalSocketPath('t1', { epoch: 'e', since: 7 })).toBe('/ws/terminals/t1?epoch=e&since=7');
});
