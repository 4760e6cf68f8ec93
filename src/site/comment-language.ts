import type { Language } from '../../contract/language.ts';

const COMMENT_LINE = /^\s*#/;
const HANGUL = /[가-힣]/;

/** The lab's files carry every comment in both languages, one line each; a page shows the lines in its own. */
export function commentsIn(language: Language, code: string): string {
  const isShown = (line: string): boolean =>
    !COMMENT_LINE.test(line) || HANGUL.test(line) === (language === 'ko');
  return code.split('\n').filter(isShown).join('\n');
}
