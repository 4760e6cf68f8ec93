import type { JoinState, LinkPurpose } from '#contract/class-api.ts';
import type { NameFault } from '#contract/class-names.ts';
import type { Language } from '#contract/language.ts';
import type { CapacityTexts } from './capacity/texts.ts';
import type { CareTexts } from './care/texts.ts';
import type { CohortViewName } from './cohort-view.ts';

/** Every word of the instructors' pages. `{name}` and the like are arguments, so that each language orders them. */
export interface ClassTexts {
  readonly loading: string;
  readonly cancel: string;
  readonly close: string;
  readonly save: string;
  readonly saved: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly alone: { readonly title: string; readonly body: string };
  readonly learner: { readonly title: string; readonly toCourse: string; readonly signOut: string };
  readonly account: {
    readonly name: string;
    readonly passphrase: string;
    readonly passphraseHint: string;
    readonly repeat: string;
    readonly differs: string;
    readonly show: string;
  };
  readonly passphrase: {
    readonly title: string;
    readonly body: string;
    readonly old: string;
    readonly new: string;
    readonly button: string;
    readonly done: string;
  };
  readonly signIn: {
    readonly title: string;
    readonly button: string;
    readonly lost: string;
    readonly learners: string;
  };
  readonly link: {
    readonly title: Readonly<Record<LinkPurpose, string>>;
    readonly body: (purpose: LinkPurpose, about: string) => string;
    readonly button: Readonly<Record<LinkPurpose, string>>;
    readonly accept: string;
    readonly toSignIn: string;
  };
  readonly cohorts: {
    readonly title: string;
    readonly none: string;
    readonly new: string;
    readonly name: string;
    readonly nameHint: string;
    readonly seats: string;
    readonly create: string;
    readonly taken: (taken: number, seats: number) => string;
    readonly created: (date: string) => string;
    readonly back: string;
  };
  readonly views: Readonly<Record<'label' | CohortViewName, string>>;
  readonly joining: Readonly<Record<JoinState, string>>;
  readonly code: {
    readonly title: string;
    readonly code: string;
    readonly link: string;
    readonly show: string;
    readonly fullScreen: string;
    readonly qr: string;
    readonly pause: string;
    readonly resume: string;
    readonly renew: string;
    readonly renewTitle: string;
    readonly renewBody: string;
    readonly steps: readonly string[];
  };
  readonly settings: {
    readonly title: string;
    readonly opens: string;
    readonly closes: string;
    readonly timesHint: (zone: string) => string;
    readonly policies: string;
    readonly watch: string;
    readonly watchHint: string;
    readonly hands: string;
    readonly solutions: string;
    readonly solutionsHint: string;
    readonly delete: string;
    readonly deleteTitle: (name: string) => string;
    readonly deleteBody: (count: number) => string;
    readonly deleteType: (name: string) => string;
  };
  readonly roster: {
    readonly title: string;
    readonly none: string;
    readonly columns: {
      readonly name: string;
      readonly joined: string;
      readonly seen: string;
      readonly devices: string;
      readonly passed: string;
    };
    readonly select: (name: string) => string;
    readonly selectAll: string;
    readonly selected: (count: number) => string;
    readonly watch: string;
    readonly watchLearner: (name: string) => string;
    readonly notYet: string;
    readonly now: string;
    readonly never: string;
    readonly import: string;
    readonly export: string;
    readonly rename: string;
    readonly renameTitle: string;
    readonly newCode: string;
    readonly newCodeTitle: (name: string) => string;
    readonly newCodeBody: string;
    readonly merge: string;
    readonly mergeTitle: string;
    readonly mergeBody: string;
    readonly mergeKeep: string;
    readonly remove: string;
    readonly removeTitle: (count: number) => string;
    readonly removeBody: string;
    readonly removeKeep: string;
    readonly removeKeepHint: string;
    readonly removeDelete: string;
    readonly removeDeleteHint: string;
    readonly data: string;
  };
  readonly import: {
    readonly title: string;
    readonly body: string;
    readonly file: string;
    readonly paste: string;
    readonly pasteHint: string;
    readonly line: string;
    readonly preview: (good: number) => string;
    readonly faults: Readonly<Record<NameFault | 'twice', string>>;
    readonly faultCount: (count: number) => string;
    readonly tooMany: (free: number) => string;
    readonly unreadable: string;
    readonly apply: (count: number) => string;
  };
  readonly slips: {
    readonly title: string;
    readonly body: string;
    readonly print: string;
    readonly download: string;
    readonly done: string;
    readonly open: string;
    readonly code: string;
    readonly fileName: string;
    readonly header: readonly [name: string, code: string, address: string];
  };
  readonly instructors: {
    readonly title: string;
    readonly you: string;
    readonly invite: string;
    readonly inviteTitle: string;
    readonly inviteBody: string;
    readonly pending: (by: string, until: string) => string;
    readonly withdraw: string;
    readonly remove: string;
    readonly removeTitle: (name: string) => string;
    readonly removeBody: string;
  };
  readonly care: CareTexts;
  readonly capacity: CapacityTexts;
  readonly audit: {
    readonly title: string;
    readonly none: string;
    readonly somebody: string;
    /** Whom something was done to, where it was more than one. */
    readonly several: string;
    /** By event name; one that this page does not know is shown as it is. */
    readonly events: Readonly<Record<string, (who: string, whom: string) => string>>;
    readonly refused: string;
    readonly failed: string;
    readonly times: (times: number) => string;
  };
}

const LOADERS: Readonly<Record<Language, () => Promise<ClassTexts>>> = {
  ko: async () => (await import('./texts-ko.ts')).KO,
  en: async () => (await import('./texts-en.ts')).EN,
};

export function loadTexts(language: Language): Promise<ClassTexts> {
  return LOADERS[language]();
}
