import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withoutEndings } from './korean-endings.ts';

test.each([
  ['서비스에', '서비스'],
  ['배포한다', '배포'],
  ['업데이트하기', '업데이트'],
  ['토큰이', '토큰'],
  ['롤링 업데이트를', '롤링 업데이트'],
  ['노드에서는', '노드'],
  ['모니터링 시간을', '모니터링 시간'],
  ['자동 롤백이', '자동 롤백'],
  ['이전 서비스 명세로', '이전 서비스 명세'],
  ['헬스 체크에서', '헬스 체크'],
  ['병렬 수는', '병렬 수'],
  ['지연 시간과', '지연 시간'],
  ['교체하는', '교체'],
  ['일시 중지된', '일시 중지'],
])('%s → %s', (query, stem) => {
  expect(withoutEndings(query)).toBe(stem);
});

test('leaves short words, Latin words and bare nouns alone', () => {
  expect(withoutEndings('노드')).toBeUndefined();
  expect(withoutEndings('docker')).toBeUndefined();
  expect(withoutEndings('쓰는')).toBeUndefined();
});

const glossary = parse(readFileSync(new URL('../../content/terms.yaml', import.meta.url), 'utf8')) as Record<
  string,
  { ko: { term: string } }
>;
const nouns = Object.values(glossary)
  .map(({ ko }) => ko.term)
  .filter((term) => /^[가-힣 ]*[가-힣]{2}$/.test(term) && !term.endsWith('다'));

test.each(nouns)('finds %s with any particle', (noun) => {
  const hasFinal = ((noun.codePointAt(noun.length - 1) ?? 0) - 0xac00) % 28 > 0;
  const particles = hasFinal ? ['을', '은', '이', '과', '으로'] : ['를', '는', '가', '와', '로'];
  for (const particle of [...particles, '에', '의', '도', '만', '에서', '까지', '부터']) {
    // The index matches beginnings: what is left of each word must begin the word in the text.
    const stems = withoutEndings(noun + particle)?.split(' ') ?? [];
    const words = noun.split(' ');
    expect(stems).toHaveLength(words.length);
    expect(stems.every((stem, index) => stem !== '' && words[index]?.startsWith(stem))).toBe(true);
  }
});
