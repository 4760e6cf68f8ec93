import type { ErrorParams } from '#contract/api.ts';
import type { ErrorCode } from '#contract/error-codes.ts';

export interface LabErrorOptions extends ErrorOptions {
  /** Values for the placeholders of the learner's text. */
  readonly params?: ErrorParams;
}

/** A failure of operation, as against a bug: its code selects what the learner reads, its message is for operators. */
export class LabError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, message: string, options: LabErrorOptions = {}) {
    super(message, options);
    this.name = 'LabError';
    this.code = code;
    this.params = options.params ?? {};
  }
}
