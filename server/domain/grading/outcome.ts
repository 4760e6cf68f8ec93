import type { CheckVerdict } from '#contract/api.ts';
import type { Check, CheckResult, MessageValues, Seen, Verdict } from '#contract/check.ts';
import type { LocalizedText } from '#contract/language.ts';
import type { Exercise } from './exercise.ts';
import { localizedMessage } from './message.ts';

/** A check's result with its texts, and what authors and the timeline need beside them. */
export interface Outcome {
  readonly id: string;
  readonly verdict: Verdict;
  readonly messageId: string | null;
  readonly message: LocalizedText | null;
  readonly seen: Seen | null;
  /** When the history shows that it was met. */
  readonly provenAtMs: number | null;
  /** The earlier check that must pass first. */
  readonly waitsFor: string | null;
}

const MAX_VALUE_CHARS = 200;
const MAX_SEEN_CHARS = 4_000;

/** Told of author's mistakes that a learner only meets as "something went wrong". */
export type OnProblem = (checkId: string, problem: unknown) => void;

/** What every client may see. */
export function checkVerdict(outcome: Outcome): CheckVerdict {
  const { id, verdict, message, provenAtMs, waitsFor, seen } = outcome;
  return { id, verdict, message, provenAtMs, waitsFor, seen: seen as CheckVerdict['seen'] };
}

/** Turns results into outcomes in the exercise's words. A result that can't be worded becomes `errored`. */
export class OutcomeWriter {
  readonly #exercise: Exercise;
  readonly #onProblem: OnProblem;

  constructor(exercise: Exercise, onProblem: OnProblem) {
    this.#exercise = exercise;
    this.#onProblem = onProblem;
  }

  write(checkId: string, result: CheckResult): Outcome {
    const { verdict, message: messageId = null, values = {}, seen = null } = result;
    const provenAtMs = result.verdict === 'passed' ? (result.provenAtMs ?? null) : null;
    const message = messageId === null ? null : this.#text(checkId, messageId, values);
    // A reason that can't be worded takes nothing away from what is met.
    if (message === null && verdict !== 'passed') return this.broken(checkId);
    return { id: checkId, verdict, messageId, message, seen: smallEnough(seen), provenAtMs, waitsFor: null };
  }

  /** First finish another check, which is named by its title. */
  needsEarlier(check: Check, need: string): Outcome {
    const { ko, en } = this.#exercise.texts;
    const message = localizedMessage(this.#exercise, 'needs-earlier', {
      ko: { check: ko.checks[need] ?? need },
      en: { check: en.checks[need] ?? need },
    });
    return {
      id: check.id,
      verdict: 'pending',
      messageId: 'needs-earlier',
      message,
      seen: null,
      provenAtMs: null,
      waitsFor: need,
    };
  }

  /** Runs an author's function; a throw is reported and becomes `errored`. */
  guarded(check: Check, evaluate: () => CheckResult): Outcome {
    try {
      const result = evaluate();
      if (result.message !== undefined && !isDeclared(check, result.message)) {
        this.#onProblem(check.id, new Error(`gives the message "${result.message}" without declaring it`));
      }
      return this.write(check.id, result);
    } catch (problem) {
      this.#onProblem(check.id, problem);
      return this.broken(check.id);
    }
  }

  broken(checkId: string): Outcome {
    const message = localizedMessage(this.#exercise, 'check-error', { ko: {}, en: {} });
    return {
      id: checkId,
      verdict: 'errored',
      messageId: 'check-error',
      message,
      seen: null,
      provenAtMs: null,
      waitsFor: null,
    };
  }

  #text(checkId: string, messageId: string, values: MessageValues): LocalizedText | null {
    const shown = shownValues(values);
    try {
      return localizedMessage(this.#exercise, messageId, { ko: shown, en: shown });
    } catch (problem) {
      this.#onProblem(checkId, problem);
      return null;
    }
  }
}

/** Task errors and names come from the learner's swarm: no longer than a line, and not able to end a code span. */
function shownValues(values: MessageValues): MessageValues {
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replaceAll('`', "'").slice(0, MAX_VALUE_CHARS) : value,
  ]);
  return Object.fromEntries(shown);
}

function smallEnough(seen: Seen): Seen {
  return JSON.stringify(seen).length <= MAX_SEEN_CHARS ? seen : null;
}

function isDeclared(check: Check, message: string): boolean {
  return check.messages.includes(message);
}
