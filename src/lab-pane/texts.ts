import type { LAB_STEPS, LimitHit, Waiting } from '#contract/api.ts';
import type { Verdict } from '#contract/check.ts';
import type { Language } from '#contract/language.ts';
import type { NodeImpairment } from '#contract/node-condition.ts';
import type { NodeWord } from './node-words.ts';
import type { QueueTexts } from './queue-texts.ts';
import type { SideView } from './side-views.ts';
import type { DeckNote } from './terminal-deck.ts';
import type { WatchBarTexts } from './watch/texts.ts';

export type LabStep = (typeof LAB_STEPS)[number];

/** Everything the pane itself says. `code` in backticks. Server messages bring their own two languages. */
export interface PaneTexts {
  readonly status: {
    readonly checking: string;
    readonly signedOut: string;
    readonly none: string;
    readonly starting: string;
    readonly provisioning: string;
    readonly ready: string;
    readonly waiting: string;
    readonly paused: string;
    readonly resuming: string;
    readonly resetting: string;
    readonly preparing: string;
    readonly failed: string;
    readonly closed: string;
    readonly offline: string;
  };
  readonly steps: Readonly<Record<LabStep, string>>;
  readonly elapsed: (seconds: number) => string;
  readonly start: {
    readonly title: string;
    readonly lab: string;
    readonly nodes: (count: number) => string;
    readonly facts: readonly string[];
    readonly button: string;
    readonly tryAgain: string;
    readonly startAgain: string;
    readonly closedTitle: string;
    readonly closedBody: string;
    readonly signInTitle: string;
    readonly joinTitle: string;
    readonly join: string;
    readonly failedTitle: string;
    readonly fullTitle: string;
    readonly otherLabs: string;
    readonly closeOther: (lab: string) => string;
    readonly noLessonTitle: string;
    readonly unreachableTitle: string;
    readonly retrying: string;
    readonly pausedTitle: string;
    readonly pausedBody: string;
    readonly resume: string;
    readonly slow: string;
  };
  readonly tools: {
    readonly reset: string;
    readonly close: string;
    readonly help: string;
    readonly more: string;
    readonly widen: string;
    readonly narrow: string;
    readonly search: string;
    readonly larger: string;
    readonly smaller: string;
    readonly fontSize: (px: number) => string;
    readonly screenReader: string;
    readonly closeTerminal: string;
  };
  readonly terminal: {
    readonly list: string;
    readonly tab: (node: string, number: number) => string;
    readonly add: (node: string) => string;
    readonly open: (node: string) => string;
    readonly none: string;
    readonly opening: string;
    readonly connecting: string;
    readonly live: string;
    readonly reconnecting: string;
    readonly ended: string;
    readonly gone: string;
    readonly running: string;
    readonly endedBody: (exitCode: number | null) => string;
    readonly closeTitle: string;
    readonly closeBody: (label: string) => string;
    readonly closeConfirm: string;
    readonly splitter: string;
    readonly goneBody: string;
    readonly loadFailed: string;
  };
  readonly nodes: Readonly<Record<NodeWord, string>>;
  readonly power: {
    readonly word: string;
    readonly switches: (node: string) => string;
    /** What is done, and what it does. */
    readonly to: Readonly<Record<NodeImpairment, readonly [action: string, effect: string]>>;
    /** The way back from each. */
    readonly back: Readonly<Record<NodeImpairment, readonly [action: string, effect: string]>>;
    readonly turnOn: (node: string) => string;
    readonly title: (node: string) => string;
    readonly body: string;
    readonly comesBack: string;
    readonly confirm: string;
    readonly isOff: (node: string) => string;
    readonly hint: string;
    readonly turningOff: (node: string) => string;
    readonly turningOn: (node: string) => string;
    /** Over the terminals of such a node. */
    readonly note: Readonly<Record<'frozen' | 'unplugged', (node: string) => string>>;
    readonly allOut: string;
    readonly allOn: string;
  };
  readonly prepare: {
    readonly menu: string;
    readonly button: string;
    readonly differs: string;
    readonly errored: string;
    readonly same: string;
    readonly comparing: string;
    readonly differences: string;
    readonly keep: string;
    readonly title: string;
    readonly body: string;
    readonly lost: readonly string[];
    readonly kept: readonly string[];
    readonly confirm: string;
    readonly again: string;
  };
  readonly waits: {
    readonly region: string;
    readonly service: (name: string) => string;
    readonly replaced: (replaced: number, total: number) => string;
    readonly restored: (replaced: number, total: number) => string;
    readonly reasons: Readonly<Record<Waiting['reason'], (seconds: string | null) => string>>;
    readonly announce: (service: string, reason: string) => string;
    readonly announceDone: (service: string) => string;
  };
  readonly run: {
    readonly busy: string;
    readonly fullscreen: string;
    readonly text: string;
    readonly noLab: string;
    readonly failed: string;
    readonly interrupt: string;
    readonly again: string;
    readonly copy: string;
    readonly copied: string;
    readonly dismiss: string;
  };
  readonly search: {
    readonly label: string;
    readonly next: string;
    readonly previous: string;
    readonly close: string;
    readonly none: string;
  };
  readonly views: Readonly<Record<SideView, string>> & {
    readonly list: string;
    readonly collapse: string;
    readonly expand: string;
  };
  readonly exercise: {
    readonly region: string;
    readonly chooser: string;
    readonly option: (
      position: number,
      title: string,
      state: 'todo' | 'active' | 'passed',
      extra: boolean,
    ) => string;
    readonly extra: string;
    readonly lab: (title: string) => string;
    readonly goal: string;
    readonly checks: string;
    readonly progress: (passed: number, total: number) => string;
    readonly check: string;
    readonly checking: string;
    readonly checkedAt: (time: string) => string;
    readonly notChecked: string;
    readonly workOn: string;
    readonly otherActive: string;
    readonly needsLab: string;
    readonly passedTitle: string;
    readonly passedBody: string;
    readonly completedBefore: string;
    readonly next: (title: string) => string;
    readonly allDone: string;
    readonly verdicts: Readonly<Record<Verdict | 'unknown' | 'later', string>>;
    readonly provenAt: string;
    readonly showMoment: (time: string) => string;
    readonly announce: (passed: number, total: number) => string;
    readonly announcePassed: (title: string) => string;
    readonly announceLost: (title: string) => string;
  };
  readonly question: {
    readonly answer: string;
    readonly number: (min: number, max: number) => string;
    readonly submit: string;
    readonly empty: string;
    readonly notNumber: (min: number, max: number) => string;
    readonly tooLong: (maxLength: number) => string;
    readonly notChosen: string;
  };
  readonly help: {
    readonly hint: (shown: number, total: number) => string;
    readonly hints: string;
    readonly hintNumber: (position: number) => string;
    readonly noMore: string;
    readonly solution: string;
    readonly solutionTitle: string;
    readonly solutionBody: string;
    readonly solutionConfirm: string;
    readonly hintGiven: string;
    readonly solutionLocked: string;
    readonly solutionUnlocked: string;
    readonly hideSolution: string;
    readonly runLine: string;
    readonly copyLine: string;
  };
  readonly reset: {
    readonly title: string;
    readonly lostTitle: string;
    readonly lost: readonly string[];
    readonly keptTitle: string;
    readonly kept: readonly string[];
    readonly confirm: string;
  };
  readonly close: {
    readonly title: string;
    readonly body: string;
    readonly confirm: string;
  };
  readonly paste: { readonly title: string; readonly body: string; readonly confirm: string };
  readonly link: { readonly title: string; readonly body: string; readonly confirm: string };
  readonly note: Readonly<Record<DeckNote, string>>;
  readonly movedTo: (lab: string) => string;
  readonly shortcuts: {
    readonly title: string;
    readonly rows: readonly (readonly [keys: string, effect: string])[];
    readonly note: string;
    readonly close: string;
  };
  /** By limit. `nodes` are names in backticks, separated by commas; `most` is the limit, MiB or processes. */
  readonly limits: Readonly<Record<LimitHit['limit'], (nodes: string, most: string) => string>>;
  readonly banner: { readonly offline: string; readonly dismiss: string };
  readonly queue: QueueTexts;
  readonly watch: WatchBarTexts;
  readonly cancel: string;
}

const LOADERS: Readonly<Record<Language, () => Promise<PaneTexts>>> = {
  ko: async () => (await import('./texts-ko.ts')).KO,
  en: async () => (await import('./texts-en.ts')).EN,
};

/** A page has one language and loads only that: the other one is another page. */
export function loadTexts(language: Language): Promise<PaneTexts> {
  return LOADERS[language]();
}
