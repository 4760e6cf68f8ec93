import type { ErrorParams } from '#contract/api.ts';
import { ERROR_CODES, type ErrorCode } from '#contract/error-codes.ts';
import { ERROR_TEXTS } from '#contract/error-texts.ts';
import type { Language, LocalizedText } from '#contract/language.ts';
import { fillPlaceholders } from './placeholders.ts';

/** What goes wrong before a server's answer can be read. Never sent over the wire. */
const CLIENT_FAULTS = {
  SERVER_UNREACHABLE: {
    ko: '서버에 연결하지 못했어요. 서버가 실행 중인지 확인해 주세요.',
    en: 'The server cannot be reached. Check that it is running.',
  },
  ANSWER_TOO_LATE: {
    ko: '서버가 제때 답하지 않았어요. 잠시 뒤에 다시 시도해 주세요.',
    en: 'The server did not answer in time. Try again in a moment.',
  },
  ANSWER_UNREADABLE: {
    ko: '서버의 답을 읽지 못했어요. 서버가 새 버전일 수 있으니 페이지를 새로 고쳐 주세요.',
    en: 'The server’s answer could not be read. It may be newer than this page: reload it.',
  },
} as const satisfies Record<string, LocalizedText>;

export type ClientFault = keyof typeof CLIENT_FAULTS;
export type ProblemCode = ErrorCode | ClientFault;

/** A request that did not succeed, with the text that the learner reads. */
export class LabProblem extends Error {
  readonly code: ProblemCode;
  readonly params: ErrorParams;

  constructor(code: ProblemCode, params: ErrorParams = {}, cause?: unknown) {
    super(code, { cause });
    this.name = 'LabProblem';
    this.code = code;
    this.params = params;
  }

  text(language: Language): string {
    return problemText(this.code, language, this.params);
  }

  /** Whether the same request may succeed later without the learner changing anything. */
  get isRetryable(): boolean {
    return isClientFault(this.code) ? this.code !== 'ANSWER_UNREADABLE' : ERROR_CODES[this.code].retryable;
  }
}

/** Whatever went wrong, as something that the learner can read. */
export function problemFrom(fault: unknown): LabProblem {
  if (fault instanceof LabProblem) return fault;
  console.error(fault);
  return new LabProblem('INTERNAL', { requestId: '–' }, fault);
}

export function problemText(code: ProblemCode, language: Language, params: ErrorParams = {}): string {
  const texts: LocalizedText = isClientFault(code) ? CLIENT_FAULTS[code] : ERROR_TEXTS[code];
  const inLanguage = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'object' ? value[language] : value,
  ]);
  return fillPlaceholders(texts[language], Object.fromEntries(inLanguage));
}

/** A server newer than this page may send a code that we have no text for. */
export function knownCode(code: string): ProblemCode {
  return isClientFault(code) || Object.hasOwn(ERROR_CODES, code) ? (code as ProblemCode) : 'INTERNAL';
}

function isClientFault(code: string): code is ClientFault {
  return Object.hasOwn(CLIENT_FAULTS, code);
}
