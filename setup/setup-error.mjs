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
