/**
 * A failure that set-up expects: shown as a message without a stack.
 *
 * `what` names the thing and what went wrong, `todo` says what to do about it, `tail` holds the last lines that
 * the failing program wrote.
 */
export class SetupError extends Error {
  /**
   * @param {string} what
   * @param {{ todo?: string, tail?: string[], cause?: unknown, exitCode?: number }} [details]
   */
  constructor(what, { todo = '', tail = [], cause, exitCode = 1 } = {}) {
    super(what, cause === undefined ? undefined : { cause });
    this.name = 'SetupError';
    this.todo = todo;
    this.tail = tail;
    this.exitCode = exitCode;
  }
}

/** Thrown where work stops because the user asked for it (Ctrl-C, SIGTERM, a closed terminal). */
export class StoppedError extends Error {
  constructor() {
    super('stopped');
    this.name = 'StoppedError';
  }
}

/** What the file system says no to, and what a person can do about it. */
const FILE_ERRORS = {
  EACCES:
    'That file belongs to another user. Was set-up run with sudo before? Change its owner, or remove .data.',
  EPERM:
    'That file belongs to another user. Was set-up run with sudo before? Change its owner, or remove .data.',
  EROFS: 'Put the checkout on a disk that can be written to.',
  ENOSPC: 'The disk is full: free some space.',
  EDQUOT: 'Your share of the disk is used up: free some space.',
};

/**
 * @param {unknown} error
 * @returns {SetupError}
 * @throws the error itself when nobody expects it: a bug, whose stack is wanted
 */
export function asFailure(error) {
  if (error instanceof SetupError) return error;
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error ?? {});
  const todo = Object.entries(FILE_ERRORS).find(([name]) => name === code)?.[1];
  if (!todo) throw error;
  return new SetupError(message, { todo, cause: error });
}

/**
 * @param {SetupError} error
 * @returns {string} lines for a person: what failed, what the program said, what to do
 */
export function describeFailure(error) {
  const lines = [`✗ ${error.message}`];
  if (error.tail.length > 0) {
    lines.push('  Its last lines:', ...error.tail.map((line) => `  │ ${line}`));
  }
  if (error.todo)
    lines.push(...error.todo.split('\n').map((line, index) => (index ? `    ${line}` : `  → ${line}`)));
  return lines.join('\n');
}
