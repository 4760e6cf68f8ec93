import type { CareActionName, CareItemState } from '#contract/class-care.ts';
import type { ErrorCode } from '#contract/error-codes.ts';

type ByAction<T> = Readonly<Record<CareActionName, T>>;

/** Every word of the care for labs. */
export interface CareTexts {
  readonly bar: {
    readonly label: string;
    readonly chosen: (learners: number, labs: number) => string;
    readonly everybody: (learners: number, labs: number) => string;
    readonly action: ByAction<string>;
    readonly nothing: ByAction<string>;
  };
  readonly dialog: {
    readonly title: ByAction<(labs: number, learners: number) => string>;
    readonly body: ByAction<string>;
    readonly confirm: ByAction<(labs: number) => string>;
    readonly whose: string;
    readonly more: (count: number) => string;
    readonly withoutLab: (count: number) => string;
    readonly labs: string;
    readonly exercise: string;
    readonly lesson: (lesson: string) => string;
    readonly extra: (title: string) => string;
    readonly open: (lab: string, count: number) => string;
    readonly startMissing: (count: number) => string;
    readonly startMissingHint: string;
    readonly until: string;
    readonly untilHint: (zone: string) => string;
    readonly reason: string;
    readonly reasonHint: string;
    readonly reasonExample: ByAction<string>;
  };
  readonly panel: {
    readonly title: string;
    readonly round: ByAction<string>;
    readonly prepared: (exercise: string) => string;
    readonly until: (time: string) => string;
    readonly by: (name: string, time: string) => string;
    readonly reason: (reason: string) => string;
    readonly waiting: string;
    readonly progress: (over: number, all: number) => string;
    readonly left: (span: string) => string;
    readonly counts: Readonly<
      Record<Exclude<CareItemState, 'waiting' | 'running'>, (count: number) => string>
    >;
    readonly allDone: string;
    readonly cancelled: string;
    readonly cancel: string;
    readonly again: (count: number) => string;
    readonly dismiss: string;
    readonly earlier: (count: number) => string;
    readonly each: string;
    readonly state: Readonly<Record<CareItemState, string>>;
    readonly leftOut: string;
    readonly gone: string;
    readonly queued: string;
    readonly reconnecting: string;
  };
  /** Where an instructor reads something else than the learner would. */
  readonly problems: Partial<Readonly<Record<ErrorCode, string>>>;
  readonly span: (ms: number) => string;
  readonly labs: {
    readonly column: string;
    readonly none: string;
    readonly state: Readonly<Record<string, string>>;
  };
}
