import { expect, test } from 'vitest';
import { TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';
import { OutputFeed } from './output-feed.ts';

const { ackEveryBytes } = TERMINAL_LIMITS;

/** Parses only when told to. */
class SlowTarget {
  written: Uint8Array[] = [];
  #waiting: (() => void)[] = [];

  write(bytes: Uint8Array, onParsed?: () => void): void {
    this.written.push(bytes);
    if (onParsed) this.#waiting.push(onParsed);
  }

  parse(): void {
    for (const onParsed of this.#waiting.splice(0)) onParsed();
  }
}

function makeFeed() {
  const target = new SlowTarget();
  const acks: number[] = [];
  const feed = new OutputFeed(target, (offset) => acks.push(offset));
  return { target, acks, feed };
}

test('acknowledges what is parsed, not what has come, every 32 KiB', () => {
  const { target, acks, feed } = makeFeed();
  feed.begin('e', 100, false);
  feed.output(new Uint8Array(ackEveryBytes - 1));
  feed.output(new Uint8Array(1));
  expect(acks).toEqual([]);
  target.parse();
  expect(acks).toEqual([100 + ackEveryBytes]);
});

test('goes on after what has come, also when it is not parsed yet', () => {
  const { feed } = makeFeed();
  expect(feed.resume).toBeNull();
  feed.begin('e', 100, false);
  feed.output(new Uint8Array(7));
  expect(feed.resume).toEqual({ epoch: 'e', since: 107 });
  feed.forget();
  expect(feed.resume).toBeNull();
});

test('a snapshot resets through the parser and sets the offset', () => {
  const { target, acks, feed } = makeFeed();
  feed.begin('e', 0, false);
  feed.output(new Uint8Array(ackEveryBytes));
  feed.snapshot(500_000, new Uint8Array([1]));
  expect(target.written.slice(1)).toEqual([new Uint8Array([0x1b, 0x63]), new Uint8Array([1])]);
  expect(feed.resume?.since).toBe(500_000);
  target.parse();
  expect(acks).toEqual([]);
});

test('after a crash of the server, what the page still shows stays above the snapshot', () => {
  const { target, feed } = makeFeed();
  const text = (): string => Buffer.concat(target.written).toString();
  feed.begin('before', 0, false);
  feed.output(Buffer.from('earlier output'));
  feed.begin('after', 0, true);
  feed.snapshot(0, Buffer.from('prompt$ '));
  expect(text()).toBe('earlier output\x1b[0m\r\nprompt$ ');
  feed.begin('after', 10, true);
  feed.snapshot(10, Buffer.from('whole screen'));
  expect(text().endsWith('\x1bcwhole screen')).toBe(true);
});
