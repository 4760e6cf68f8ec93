import type { MessageValues, QuestionInput } from '#contract/check.ts';
import type { GraderMessage } from './exercise.ts';

export type NormalizedAnswer =
  | { readonly ok: true; readonly answer: string }
  | { readonly ok: false; readonly message: GraderMessage; readonly values: MessageValues };

const MAX_ANSWER_CHARS = 400;

/** What the learner typed, in the form that checks compare: full-width digits, spaces and units are forgiven. */
export function normalizeAnswer(input: QuestionInput, typed: string): NormalizedAnswer {
  // NFKC turns full-width digits and letters, as a Korean input method may give them, into plain ones.
  const text = typed.normalize('NFKC').trim().replace(/\s+/g, ' ');
  if (text === '') return refuse('answer-empty');
  const max = input.type === 'text' ? input.maxLength : MAX_ANSWER_CHARS;
  if (text.length > max) return refuse('answer-too-long', { max });
  switch (input.type) {
    case 'text':
      return { ok: true, answer: text };
    case 'choice':
      return chosen(input.options, text);
    case 'number':
      return numberWithin(input, text);
  }
}

function chosen(options: readonly string[], text: string): NormalizedAnswer {
  const option = options.find((candidate) => candidate === text.toLowerCase());
  return option === undefined ? refuse('answer-not-an-option') : { ok: true, answer: option };
}

/** `6` · `6개` · `6 tasks` · `6.`; `1,000` */
const WITH_UNIT =
  /^(\d{1,9}|\d{1,3}(?:,\d{3})+)(?: ?[\p{Script=Hangul}]{1,8}| ?[a-z]{1,12}(?: [a-z]{1,12})?)?\.?$/iu;
/** `#3` · `slot 3` · `replica 3` · `no. 3` */
const WITH_PREFIX = /^(?:#|(?:slot|task|replica|number|no\.?|레플리카|태스크|슬롯) ?#?) ?(\d{1,9})번?$/iu;
/** `numbers_numbers-api.3`, as a task is called in Docker's lists */
const TASK_NAME = /^[a-z][a-z0-9_-]*\.(\d{1,9})$/i;

function numberWithin(input: { readonly min: number; readonly max: number }, text: string): NormalizedAnswer {
  const digits = WITH_UNIT.exec(text)?.[1] ?? WITH_PREFIX.exec(text)?.[1] ?? TASK_NAME.exec(text)?.[1];
  if (digits === undefined) return refuse('answer-not-a-number');
  const value = Number(digits.replaceAll(',', ''));
  if (value < input.min || value > input.max) {
    return refuse('answer-out-of-range', { answer: value, min: input.min, max: input.max });
  }
  return { ok: true, answer: String(value) };
}

function refuse(message: GraderMessage, values: MessageValues = {}): NormalizedAnswer {
  return { ok: false, message, values };
}
