import { expect, test } from 'vitest';
import { commentsIn } from './comment-language.ts';

const CODE = '# 한국어\n# English\na: 1 # 끝\n  # 들여쓰기\n  # indented\nb: 2';

test('a page shows the comments of its own language and every other line', () => {
  expect(commentsIn('ko', CODE)).toBe('# 한국어\na: 1 # 끝\n  # 들여쓰기\nb: 2');
  expect(commentsIn('en', CODE)).toBe('# English\na: 1 # 끝\n  # indented\nb: 2');
});
