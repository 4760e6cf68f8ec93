import { expect, test } from 'vitest';
import { ReplayRing } from './replay-ring.ts';

const text = (ring: ReplayRing, from: number, to: number): string => {
  const bytes = Buffer.alloc(to - from);
  ring.copy(from, to, bytes, 0);
  return bytes.toString();
};

test('keeps the last bytes under their offsets, across the wrap', () => {
  const ring = new ReplayRing(8);
  ring.append(Buffer.from('abcdef'));
  expect([ring.startOffset, ring.endOffset]).toEqual([0, 6]);
  ring.append(Buffer.from('ghijk'));
  expect([ring.startOffset, ring.endOffset]).toEqual([3, 11]);
  expect(text(ring, 3, 11)).toBe('defghijk');
  expect(text(ring, 7, 9)).toBe('hi');
});

test('a chunk larger than the ring leaves its end', () => {
  const ring = new ReplayRing(4);
  ring.append(Buffer.from('0123456789'));
  expect(text(ring, 6, 10)).toBe('6789');
  ring.append(Buffer.from('ab'));
  expect(text(ring, 8, 12)).toBe('89ab');
});

test('says what it holds, and refuses the rest', () => {
  const ring = new ReplayRing(4);
  ring.append(Buffer.from('abcdef'));
  expect([1, 2, 6, 7].map((offset) => ring.holds(offset))).toEqual([false, true, true, false]);
  expect(() => text(ring, 1, 3)).toThrow(RangeError);
});

test('gives what came before an offset, as far as it goes', () => {
  const ring = new ReplayRing(4);
  ring.append(Buffer.from('abcdef'));
  expect(ring.before(5, 2).toString()).toBe('de');
  expect(ring.before(5, 100).toString()).toBe('cde');
  expect(ring.before(2, 100).toString()).toBe('');
});

test('random pieces come back as they went in', () => {
  const ring = new ReplayRing(257);
  let all = '';
  for (let round = 0; round < 500; round += 1) {
    const piece = String(round * 7919).repeat((round * 31) % 40);
    all += piece;
    ring.append(Buffer.from(piece));
    expect(text(ring, ring.startOffset, ring.endOffset)).toBe(all.slice(ring.startOffset));
  }
  expect(ring.endOffset).toBe(all.length);
});
