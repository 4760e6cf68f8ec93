/**
 * Particles and verb endings that a learner types but the text carries differently. The index knows prefixes of
 * words, not Korean grammar: `서비스에` finds nothing where the text says `서비스를`.
 */
const ENDINGS = [
  '이라는',
  '에서는',
  '으로는',
  '하세요',
  '합니다',
  '됩니다',
  '입니다',
  '이에요',
  '하려면',
  '되나요',
  '하나요',
  '에서',
  '에게',
  '으로',
  '까지',
  '부터',
  '처럼',
  '보다',
  '이나',
  '이란',
  '하기',
  '하는',
  '하고',
  '하면',
  '해요',
  '한다',
  '했다',
  '하다',
  '돼요',
  '된다',
  '되는',
  '되면',
  '되다',
  '예요',
  '들이',
  '들은',
  '들을',
  '마다',
  '대로',
  '은',
  '는',
  '이',
  '가',
  '을',
  '를',
  '에',
  '의',
  '와',
  '과',
  '도',
  '로',
  '만',
  '들',
  '란',
  '한',
  '할',
  '해',
  '된',
  '될',
  '돼',
  '함',
  '됨',
];
const PATTERN = new RegExp(`(${ENDINGS.join('|')})$`);
/** One syllable alone would find half of the course; beside another word it narrows the search (`병렬 수는`). */
const minStemLength = (words: readonly string[]): number => (words.length > 1 ? 1 : 2);

/** The query with one ending cut off each Korean word, or undefined when there is nothing to cut. */
export function withoutEndings(query: string): string | undefined {
  const words = query.trim().split(/\s+/);
  const stems = words.map((word) => {
    if (!/[가-힣]$/.test(word)) return word;
    const stem = word.replace(PATTERN, '');
    return stem.length >= minStemLength(words) ? stem : word;
  });
  const next = stems.join(' ');
  return next === words.join(' ') ? undefined : next;
}
