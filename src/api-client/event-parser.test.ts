import { expect, test } from 'vitest';
import { EventParser } from './event-parser.ts';

test('an event is complete at the empty line, however the network cuts it', () => {
  const parser = new EventParser();
  const wire = 'event: verdict\ndata: {"a":1}\n\n';
  const events = [...wire].flatMap((char) => parser.feed(char));
  expect(events).toEqual([{ name: 'verdict', data: '{"a":1}' }]);
});

test('several events in one piece, CRLF, comments and events without data', () => {
  const parser = new EventParser();
  expect(
    parser.feed(': ping\r\n\r\nevent: a\r\ndata: 1\r\n\r\nevent: b\r\n\r\ndata: x\r\ndata: y\r\n\r\n'),
  ).toEqual([
    { name: 'a', data: '1' },
    { name: 'message', data: 'x\ny' },
  ]);
});

test('a carriage return at the end of a piece waits for its line feed', () => {
  const parser = new EventParser();
  expect(parser.feed('data: 1\r')).toEqual([]);
  expect(parser.feed('\n\r')).toEqual([]);
  expect(parser.feed('\n')).toEqual([{ name: 'message', data: '1' }]);
});

test('an endless line ends the stream instead of filling the memory', () => {
  const parser = new EventParser();
  expect(() => parser.feed(`data: ${'x'.repeat(1024 * 1024)}`)).toThrow('too long');
});
