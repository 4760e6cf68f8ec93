import { duplexPair } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { MessageChannel } from './message-channel.ts';

function channel(limits: { maxMessageBytes?: number; maxPendingBytes?: number } = {}) {
  const [ours, theirs] = duplexPair();
  const messages: unknown[] = [];
  const ends: (string | null)[] = [];
  const end = new MessageChannel(ours, {
    maxMessageBytes: 1_000,
    maxPendingBytes: 100_000,
    ...limits,
    onMessage: (message) => messages.push(message),
    onEnd: (failure) => ends.push(failure?.message ?? null),
  });
  return { end, theirs, messages, ends };
}

function framed(text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
}

test('messages arrive whole, however they are cut', async () => {
  const { theirs, messages } = channel();
  const bytes = Buffer.concat([framed('{"a":"가나"}'), framed('[]'), framed('7')]);
  for (const byte of bytes) theirs.write(Buffer.of(byte));
  await turn();
  theirs.write(Buffer.concat([bytes, bytes]));
  await turn();
  expect(messages).toEqual([{ a: '가나' }, [], 7, { a: '가나' }, [], 7, { a: '가나' }, [], 7]);
});

test('what one end sends the other gets', async () => {
  const { end, theirs } = channel();
  const got: Buffer[] = [];
  theirs.on('data', (chunk: Buffer) => got.push(chunk));
  end.send({ id: 1 });
  await turn();
  expect(Buffer.concat(got)).toEqual(framed('{"id":1}'));
});

test('a length beyond the limit ends the channel before its bytes are kept', async () => {
  const { theirs, messages, ends } = channel();
  theirs.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 1]));
  await turn();
  expect(ends).toEqual(['a message of 4294967295 bytes is too long']);
  theirs.write(framed('{}'));
  await turn();
  expect(messages).toEqual([]);
});

test('what is no JSON ends the channel', async () => {
  const { theirs, ends } = channel();
  theirs.write(framed('{"id":'));
  await turn();
  expect(ends).toEqual(['a message is no JSON']);
});

test('a side that does not read is given up', async () => {
  const { end, ends } = channel({ maxPendingBytes: 50_000 });
  for (let sent = 0; sent < 200; sent++) end.send({ text: 'x'.repeat(1_000) });
  expect(ends).toEqual(['the other side does not read its messages']);
  end.send({});
});

test('a closed stream ends it once', async () => {
  const { end, theirs, ends } = channel();
  theirs.end();
  theirs.destroy();
  await turn();
  await turn();
  end.close();
  expect(ends).toEqual([null]);
});
