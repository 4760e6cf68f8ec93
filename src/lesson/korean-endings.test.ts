import { expect, test } from 'vitest';
import { withoutEndings } from './korean-endings.ts';

test.each([
  ['서비스에', '서비스'],
  ['배포한다', '배포'],
  ['업데이트하기', '업데이트'],
  ['토큰이', '토큰'],
  ['롤링 업데이트를', '롤링 업데이트'],
  ['노드에서는', '노드'],
])('%s → %s', (query, stem) => {
  expect(withoutEndings(query)).toBe(stem);
});

test('leaves short words, Latin words and bare nouns alone', () => {
  expect(withoutEndings('노드')).toBeUndefined();
  expect(withoutEndings('docker')).toBeUndefined();
  expect(withoutEndings('쓰는')).toBeUndefined();
});
