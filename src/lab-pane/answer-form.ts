import type { QuestionView } from '#contract/api.ts';
import type { PaneTexts } from './texts.ts';

export type AnswerInput =
  | { readonly ok: true; readonly answer: string }
  | { readonly ok: false; readonly reason: string };

/** Catches what can't be an answer before it is sent; whether it is right, only the server knows. */
export function readAnswer(question: QuestionView, typed: string, texts: PaneTexts['question']): AnswerInput {
  const answer = typed.normalize('NFKC').trim();
  if (answer === '') return { ok: false, reason: question.type === 'choice' ? texts.notChosen : texts.empty };
  if (question.type === 'number') {
    const { min, max } = question;
    const inRange = /^[-+]?\d+$/.test(answer) && Number(answer) >= min && Number(answer) <= max;
    return inRange
      ? { ok: true, answer: String(Number(answer)) }
      : { ok: false, reason: texts.notNumber(min, max) };
  }
  if (question.type === 'text' && answer.length > question.maxLength) {
    return { ok: false, reason: texts.tooLong(question.maxLength) };
  }
  return { ok: true, answer };
}
