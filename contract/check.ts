import type { HistoryEntry } from './swarm-history.ts';
import type { LabSnapshot } from './swarm-snapshot.ts';

/**
 * `passed` met · `failed` not met, the learner must act · `pending` not met yet, the swarm is on its way or an
 * earlier check comes first · `errored` can't tell (no answer, no quorum): never counted against the learner.
 */
export const VERDICTS = ['passed', 'failed', 'pending', 'errored'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type MessageValues = Readonly<Record<string, string | number>>;

/**
 * What a check says: a message id with the values for its `{placeholders}`. The type parameter holds a check to the
 * ids that it declares in `messages`.
 */
export type CheckResult<M extends string = string> =
  | {
      readonly verdict: 'passed';
      readonly seen?: Seen;
      /** When it happened, for a verdict that rests on the history: the page shows this moment. */
      readonly provenAtMs?: number;
      /** Said beside the passed check: the reason for a right answer, or what the history showed. */
      readonly message?: M;
      readonly values?: MessageValues;
    }
  | {
      readonly verdict: 'failed' | 'pending' | 'errored';
      readonly message: M;
      readonly values?: MessageValues;
      readonly seen?: Seen;
    };

/** JSON facts that led to the verdict, shown to authors and in `labs try --json`. Small. */
export type Seen = string | number | boolean | null | readonly Seen[] | { readonly [key: string]: Seen };

export interface CheckContext {
  readonly snapshot: LabSnapshot;
  /** Since the lab was started or reset, oldest first. */
  readonly history: readonly HistoryEntry[];
  /** Where this exercise was entered. */
  readonly start: ExerciseStart;
  readonly nowMs: number;
}

export interface ExerciseStart {
  readonly atMs: number;
  /** History sequence number at the start: entries with a larger `seq` belong to this exercise. */
  readonly seq: number;
  /** Services known at that moment: name → id. */
  readonly serviceIds: Readonly<Record<string, string>>;
}

/** A named predicate over the swarm's state. Pure: same context, same result. */
export interface StateCheck<M extends string = string> {
  readonly kind: 'state';
  readonly id: string;
  /** Every message id that {@link evaluate} may return: the catalog holds the text files to this list. */
  readonly messages: readonly M[];
  /** Checks that must pass first; otherwise this one is `pending` with the message `needs-earlier`. */
  readonly needs?: readonly string[];
  /** Must hold this long without a break before it counts (milliseconds). */
  readonly steadyMs?: number;
  evaluate(context: CheckContext): CheckResult<M>;
}

/** A live question: the learner's answer is compared with the learner's own swarm at the moment of answering. */
export interface QuestionCheck<M extends string = string> {
  readonly kind: 'question';
  readonly id: string;
  readonly messages: readonly M[];
  readonly needs?: readonly string[];
  readonly input: QuestionInput;
  /** `answer` fits {@link input} already: digits of a number within its bounds, an option id, or trimmed text. */
  evaluate(answer: string, context: CheckContext): CheckResult<M>;
}

export type QuestionInput =
  | { readonly type: 'number'; readonly min: number; readonly max: number }
  | { readonly type: 'text'; readonly maxLength: number }
  /** Option ids; their texts live in the exercise's text files under `options.<check>.<option>`. */
  | { readonly type: 'choice'; readonly options: readonly string[] };

export type Check = StateCheck | QuestionCheck;

/**
 * What `start.ts` of an exercise exports as default: what the swarm looks like where the exercise begins. The message
 * of each that does not pass is a difference from the expected start. They see the snapshot; the history may be that
 * of a replay, so they must not ask it.
 */
export type ExerciseStartChecks = readonly StateCheck[];

/** What `checks.ts` of an exercise exports as default, in the order shown to the learner. */
export type ExerciseChecks = readonly Check[];
