/**
 * Every failure that a client can meet: HTTP status and whether trying again may help. The texts in Korean and
 * English live in `contract/error-texts.ts`; a test holds the two together.
 */
export const ERROR_CODES = {
  NOT_SIGNED_IN: { status: 401, retryable: false },
  LAUNCH_LINK_INVALID: { status: 401, retryable: false },
  FORBIDDEN_ORIGIN: { status: 403, retryable: false },
  FORBIDDEN_HOST: { status: 421, retryable: false },
  NOT_FOUND: { status: 404, retryable: false },
  LESSON_UNKNOWN: { status: 404, retryable: false },
  EXERCISE_UNKNOWN: { status: 404, retryable: false },
  LAB_UNKNOWN: { status: 404, retryable: false },
  LAB_SESSION_UNKNOWN: { status: 404, retryable: false },
  TERMINAL_UNKNOWN: { status: 404, retryable: false },
  REQUEST_INVALID: { status: 400, retryable: false },
  REQUEST_TOO_LARGE: { status: 413, retryable: false },
  TOO_MANY_REQUESTS: { status: 429, retryable: true },
  LAB_CAPACITY_REACHED: { status: 503, retryable: true },
  LAB_LIMIT_REACHED: { status: 409, retryable: false },
  LAB_ALREADY_WAITING: { status: 409, retryable: false },
  LAB_DISK_LOW: { status: 503, retryable: true },
  LAB_START_FAILED: { status: 502, retryable: true },
  LAB_NOT_READY: { status: 409, retryable: true },
  LAB_BUSY: { status: 409, retryable: true },
  LAB_PREPARE_FAILED: { status: 502, retryable: true },
  POWER_SWITCH_FORBIDDEN: { status: 403, retryable: false },
  NODE_POWERED_OFF: { status: 409, retryable: true },
  NODE_UNKNOWN: { status: 404, retryable: false },
  LAB_NODE_UNREACHABLE: { status: 502, retryable: true },
  ENGINE_UNREACHABLE: { status: 503, retryable: true },
  TERMINAL_LIMIT_REACHED: { status: 409, retryable: false },
  TERMINAL_START_FAILED: { status: 502, retryable: true },
  TICKET_INVALID: { status: 401, retryable: true },
  NO_MORE_HINTS: { status: 409, retryable: false },
  INTERNAL: { status: 500, retryable: true },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
