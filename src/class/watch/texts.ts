import type { KeyboardEnd, WatchEnd } from '#contract/class-watch.ts';
import type { Language } from '#contract/language.ts';

/** What the page says on which an instructor watches. `code` in backticks. */
export interface WatchTexts {
  readonly back: string;
  readonly signInFirst: string;
  readonly toClasses: string;
  readonly labOf: (learner: string) => string;
  readonly noLab: (learner: string) => string;
  readonly choose: string;
  readonly ask: string;
  /** The class allows it. */
  readonly begin: string;
  readonly whatIsSeen: string;
  readonly unasked: string;
  readonly away: string;
  readonly asking: (learner: string) => string;
  readonly expires: (seconds: number) => string;
  readonly withdraw: string;
  readonly on: (time: string) => string;
  readonly learnerAway: string;
  readonly offline: string;
  readonly stop: string;
  readonly ends: Readonly<Record<WatchEnd, (learner: string) => string>>;
  readonly keyboard: {
    readonly ask: string;
    readonly asking: string;
    readonly has: string;
    readonly giveBack: string;
    /** At the terminal. */
    readonly mine: string;
    readonly readOnly: string;
    readonly ends: Readonly<Record<KeyboardEnd, (learner: string) => string>>;
  };
  /** What a learner reads of a lab that an instructor shows. */
  readonly show: { readonly title: (who: string) => string; readonly over: string };
  readonly terminals: string;
  readonly noTerminals: string;
  readonly tab: (node: string, number: number) => string;
  readonly terminalEnded: string;
  readonly loadFailed: string;
  readonly map: string;
  readonly exercise: string;
  readonly noExercise: string;
  readonly notChecked: string;
  readonly ports: string;
  readonly noPorts: string;
  readonly portStates: Readonly<Record<'running' | 'starting' | 'unrouted', string>>;
}

const LOADERS: Readonly<Record<Language, () => Promise<WatchTexts>>> = {
  ko: async () => (await import('./texts-ko.ts')).KO,
  en: async () => (await import('./texts-en.ts')).EN,
};

export function loadTexts(language: Language): Promise<WatchTexts> {
  return LOADERS[language]();
}
