import { expect, test } from 'vitest';
import type { LabSequence } from './answer-sequence.ts';
import { scanSequences } from './sequence-scanner.ts';

const OUTPUT = 'one\r\n\u001b]7717;power;off;node2\u0007two \u001b]7717;power;on;node3\u001b\\three';
const SWITCHES = [
  { type: 'power', node: 'node2', to: 'off' },
  { type: 'power', node: 'node3', to: 'on' },
];

test.each([1, 2, 3, 7, 1000])('finds sequences in chunks of %i bytes', (size) => {
  const seen: LabSequence[] = [];
  const scan = scanSequences((sequence) => seen.push(sequence));
  const bytes = Buffer.from(OUTPUT);
  for (let at = 0; at < bytes.length; at += size) scan(bytes.subarray(at, at + size));
  expect(seen).toEqual(SWITCHES);
});

test('goes on after a sequence that never ends and after one that says nothing known', () => {
  const seen: LabSequence[] = [];
  const scan = scanSequences((sequence) => seen.push(sequence));
  scan(Buffer.from(`\u001b]7717;power;off;${'x'.repeat(20_000)}`));
  scan(Buffer.from('\u001b]7717;explode;node1\u0007'));
  scan(Buffer.from(OUTPUT));
  expect(seen).toEqual(SWITCHES);
});
