import { expect, test } from 'vitest';
import { textRuns } from './text-runs.ts';

test('backticks make code', () => {
  expect(textRuns('먼저 `docker swarm init`을 실행하세요.')).toEqual([
    { code: false, text: '먼저 ' },
    { code: true, text: 'docker swarm init' },
    { code: false, text: '을 실행하세요.' },
  ]);
});

test('neighbouring code, code at both ends, no code at all', () => {
  expect(textRuns('`a``b`').map((run) => run.code)).toEqual([true, true]);
  expect(textRuns('plain')).toEqual([{ code: false, text: 'plain' }]);
  expect(textRuns('')).toEqual([]);
});

test('a lonely or empty pair of backticks is text', () => {
  expect(textRuns('a ` b')).toEqual([{ code: false, text: 'a ` b' }]);
  expect(textRuns('a `` b')).toEqual([{ code: false, text: 'a `` b' }]);
});

test('markup stays text', () => {
  expect(textRuns('`<img src=x onerror=alert(1)>`')).toEqual([
    { code: true, text: '<img src=x onerror=alert(1)>' },
  ]);
});
