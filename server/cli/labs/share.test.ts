import { expect, test } from 'vitest';
import { shareOf } from './share.ts';

const NAMES = ['solution', 'wrong/a', 'wrong/b', 'prepare', 'solution', 'wrong/c', 'wrong/d'];
const PROOFS = NAMES.map((name) => ({ name }));

test('every share has what is not a wrong answer, and together they have each wrong answer once', () => {
  const shares = [1, 2, 3].map((part) => shareOf(PROOFS, `${part}/3`).map(({ name }) => name));
  expect(shares[0]).toEqual(['solution', 'wrong/a', 'prepare', 'solution', 'wrong/d']);
  const wrong = shares.flat().filter((name) => name.startsWith('wrong/'));
  expect(wrong.toSorted()).toEqual(['wrong/a', 'wrong/b', 'wrong/c', 'wrong/d']);
  expect(shareOf(PROOFS, '1/1')).toEqual(PROOFS);
});

test.each(['', '0/3', '4/3', '1/0', 'half', '1/3/3', '-1/3'])('%j is not a share', (share) => {
  expect(() => shareOf(PROOFS, share)).toThrow('written as 2/3');
});
