import { LabError } from './domain/lab-error.ts';

/** Failures that an operator can act on are told in words; anything else is a bug and keeps its stack. */
export function explainFailure(
  failure: unknown,
  inWords: readonly (new (...args: never[]) => Error)[],
): string {
  if (inWords.some((kind) => failure instanceof kind)) return (failure as Error).message;
  if (failure instanceof LabError) return `${failure.message} (${failure.code})`;
  if ((failure as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `${(failure as Error).message}\nAnother program uses this port. Choose one: ROLLOUT_LAB_PORT=4322 npm start`;
  }
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}
