import type { CheckResult, MessageValues, Seen } from '#contract/check.ts';

export const PASSED: CheckResult<never> = { verdict: 'passed' };

export function passed(seen: Seen): CheckResult<never> {
  return { verdict: 'passed', seen };
}

/** Met, with a sentence beside it: the reason for a right answer, or what the history showed and when. */
export function passedBecause<const M extends string>(
  message: M,
  values: MessageValues = {},
  more: { readonly seen?: Seen; readonly provenAtMs?: number } = {},
): CheckResult<M> {
  return { verdict: 'passed', message, values, ...more };
}

/** Met by something that happened at this moment. */
export function passedAt(provenAtMs: number, seen: Seen = null): CheckResult<never> {
  return { verdict: 'passed', seen, provenAtMs };
}

/** Not met: the learner must act. */
export function failed<const M extends string>(
  message: M,
  values?: MessageValues,
  seen?: Seen,
): CheckResult<M> {
  return finding('failed', message, values, seen);
}

/** Not met yet: the swarm is on its way. */
export function pending<const M extends string>(
  message: M,
  values?: MessageValues,
  seen?: Seen,
): CheckResult<M> {
  return finding('pending', message, values, seen);
}

/** Can't tell. */
export function errored<const M extends string>(
  message: M,
  values?: MessageValues,
  seen?: Seen,
): CheckResult<M> {
  return finding('errored', message, values, seen);
}

function finding<const M extends string>(
  verdict: 'failed' | 'pending' | 'errored',
  message: M,
  values: MessageValues | undefined,
  seen: Seen | undefined,
): CheckResult<M> {
  return {
    verdict,
    message,
    ...(values === undefined ? {} : { values }),
    ...(seen === undefined ? {} : { seen }),
  };
}

/** The first result that is not `passed`; `passed` when all are. Later functions run only when needed. */
export function firstProblem<M extends string>(...steps: readonly (() => CheckResult<M>)[]): CheckResult<M> {
  for (const step of steps) {
    const result = step();
    if (result.verdict !== 'passed') return result;
  }
  return PASSED;
}
