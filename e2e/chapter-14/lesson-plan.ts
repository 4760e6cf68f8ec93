import type { LessonWalk } from './lesson-walk.ts';

/** What a lesson leaves to its learner: the commands stand on its page, these are the rest. */
export interface LessonPlan {
  readonly lesson: string;
  /** Exercises whose start is not where a fresh lab is: the learner takes the offer to prepare them. */
  readonly prepares?: readonly string[];
  /** By question. Questions that are not named get what `solution.sh` answers, at the end of the exercise. */
  readonly answers?: Readonly<Record<string, AnswerPlan>>;
  readonly ways?: readonly Way[];
  /** What the learner does at the beginning of an exercise, by no command of the page. */
  readonly begins?: Readonly<Record<string, (walk: LessonWalk) => Promise<void>>>;
}

export interface AnswerPlan {
  /** The command after which it is answered; with the exercise's beginning or end otherwise. */
  readonly after?: RegExp | 'begin';
  /** An answer that is given first, and the message that it must get. */
  readonly wrong?: { readonly answer: string; readonly message: string };
  /** Reads the answer off the terminal; `output` is what the command of `after` printed. */
  readonly read?: (walk: LessonWalk, output: string) => Promise<string> | string;
}

/** A command that is not simply run and left alone. */
export interface Way {
  readonly command: RegExp;
  readonly exercise?: string;
  /** The lesson shows another case than this learner's. */
  readonly differs?: true;
  /** What it may print as well on a machine that is slower or faster than the author's. */
  readonly or?: RegExp;
  readonly before?: (walk: LessonWalk) => Promise<void>;
  /** Instead of running it. Returns what it printed. */
  readonly run?: (walk: LessonWalk, command: string) => Promise<string>;
  readonly after?: (walk: LessonWalk, output: string) => Promise<void>;
}
