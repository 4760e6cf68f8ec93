import { expect, test } from 'vitest';
import { TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';
import { InputSender } from './input-sender.ts';

const { inputChunkBytes, inputWindowBytes } = TERMINAL_LIMITS;

function makeSender() {
  const sent: Uint8Array[] = [];
  const sender = new InputSender((bytes) => sent.push(bytes));
  const text = (): string => Buffer.concat(sent).toString();
  return { sent, sender, text };
}

test('a paste goes in pieces, and no further ahead than the window', () => {
  const { sent, sender, text } = makeSender();
  const paste = '가나다'.repeat(20_000);
  sender.push(paste);
  expect(sent.every(({ length }) => length <= inputChunkBytes)).toBe(true);
  expect(Buffer.concat(sent).length).toBe(inputWindowBytes);
  for (let taken = 0; taken < 200_000; taken += inputChunkBytes) sender.taken(taken);
  expect(text()).toBe(paste);
});

test('keys typed behind a paste wait their turn, ^C drops the paste', () => {
  const { sender, text } = makeSender();
  sender.push('x'.repeat(100_000));
  sender.push('after');
  sender.push('\x03');
  sender.taken(inputWindowBytes);
  expect(text()).toBe(`${'x'.repeat(inputWindowBytes)}\x03`);
});

test('a new connection starts from zero', () => {
  const { sent, sender } = makeSender();
  sender.push('x'.repeat(100_000));
  sender.begin();
  sent.length = 0;
  sender.push('y');
  expect(sent).toEqual([Uint8Array.of(0x79)]);
});

test('bytes stay bytes', () => {
  const { sent, sender } = makeSender();
  sender.pushBinary('\x1b[M\u00e9');
  expect(sent).toEqual([Uint8Array.of(0x1b, 0x5b, 0x4d, 0xe9)]);
});
