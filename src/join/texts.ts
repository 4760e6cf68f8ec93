import type { Language } from '#contract/language.ts';

/** Every word of the page by which learners come in, and of the menu with their name. */
export interface JoinTexts {
  readonly loading: string;
  readonly cancel: string;
  readonly close: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly alone: { readonly title: string; readonly body: string; readonly toCourse: string };
  readonly already: {
    readonly title: (name: string, cohort: string) => string;
    readonly body: string;
    readonly go: string;
    readonly other: string;
    readonly instructor: (name: string) => string;
  };
  readonly code: {
    readonly title: string;
    readonly body: string;
    readonly label: string;
    readonly button: string;
    readonly toReturn: string;
    readonly instructors: string;
  };
  readonly name: {
    readonly title: (cohort: string) => string;
    readonly instructors: (names: string) => string;
    /** The class lets its instructors watch without asking. */
    readonly watched: string;
    readonly label: string;
    readonly hint: string;
    readonly button: string;
    readonly otherCode: string;
    readonly privacy: string;
  };
  readonly back: {
    readonly title: string;
    readonly body: string;
    readonly label: string;
    readonly button: string;
    readonly toJoin: string;
  };
  readonly done: {
    readonly title: (name: string) => string;
    readonly renamed: (name: string) => string;
    readonly body: string;
    readonly lost: string;
    readonly go: string;
  };
  readonly menu: {
    readonly join: string;
    readonly signedInAs: (name: string) => string;
    readonly classes: string;
    readonly newCode: string;
    readonly newCodeTitle: string;
    readonly newCodeAsk: string;
    readonly newCodeDone: string;
    readonly makeCode: string;
    readonly privacy: string;
    readonly signOut: string;
    readonly signOutTitle: string;
    readonly signOutBody: string;
  };
  readonly privacy: {
    readonly title: string;
    readonly signedOut: string;
    readonly download: string;
    readonly delete: string;
    readonly deleteTitle: string;
    readonly deleteBody: string;
    readonly deleteWord: string;
    readonly deleteType: (word: string) => string;
    readonly deleted: string;
  };
}

const LOADERS: Readonly<Record<Language, () => Promise<JoinTexts>>> = {
  ko: async () => (await import('./texts-ko.ts')).KO,
  en: async () => (await import('./texts-en.ts')).EN,
};

export function loadTexts(language: Language): Promise<JoinTexts> {
  return LOADERS[language]();
}
