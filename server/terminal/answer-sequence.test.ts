import { expect, test } from 'vitest';
import { parseAnswer, parseLabSequence } from './answer-sequence.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test('reads check and answer, Korean too', () => {
  expect(parseAnswer(`answer;failed-slot;${base64('node2의 3번')}`)).toEqual({
    check: 'failed-slot',
    value: 'node2의 3번',
  });
});

test.each([
  ['another verb', `delete;failed-slot;${base64('1')}`],
  ['no answer', 'answer;failed-slot;'],
  ['a check id that can be none', `answer;../x;${base64('1')}`],
  ['no base64', 'answer;failed-slot;가나다'],
  ['base64 of half a group', 'answer;failed-slot;A'],
  ['bytes that are no text', `answer;failed-slot;${Buffer.from([0xff, 0xfe]).toString('base64')}`],
  ['more fields', `answer;failed-slot;${base64('1')};x`],
  ['an answer that is too long', `answer;failed-slot;${base64('x'.repeat(401))}`],
  ['a payload that is too long', `answer;failed-slot;${'A'.repeat(4000)}`],
])('refuses %s', (_what, payload) => {
  expect(parseAnswer(payload)).toBeNull();
});

test('takes the longest answer', () => {
  expect(parseAnswer(`answer;failed-slot;${base64('가'.repeat(400))}`)?.value.length).toBe(400);
});

test('reads both positions of a switch', () => {
  expect(parseLabSequence('power;off;node2')).toEqual({ type: 'power', node: 'node2', to: 'off' });
  expect(parseLabSequence('power;on;node5')).toEqual({ type: 'power', node: 'node5', to: 'on' });
  expect(parseLabSequence('power;freeze;node1')).toEqual({ type: 'power', node: 'node1', to: 'frozen' });
  expect(parseLabSequence('power;unplug;node1')).toEqual({ type: 'power', node: 'node1', to: 'unplugged' });
});

test.each([
  'power;off;node10',
  'power;off;host',
  'power;OFF;node2',
  'power;toggle;node2',
  'power;off',
  'power;off;node2;node3',
  'power;off;node2\n',
  'reboot;off;node2',
  `power;off;node2${' '.repeat(4000)}`,
  '',
])('drops %j', (payload) => {
  expect(parseLabSequence(payload)).toBeNull();
});
