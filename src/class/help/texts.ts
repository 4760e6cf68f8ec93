import type { Language } from '#contract/language.ts';

/** What instructors read of help in a class. */
export interface HelpTexts {
  readonly lost: string;
  readonly hands: {
    readonly title: string;
    readonly none: string;
    readonly off: string;
    readonly noExercise: string;
    readonly waits: (minutes: number) => string;
    readonly take: string;
    readonly instead: string;
    readonly release: string;
    readonly done: string;
    readonly write: string;
    readonly youGo: string;
    readonly goes: (name: string) => string;
    readonly actions: (name: string) => string;
    readonly answered: string;
    readonly answeredBy: (name: string) => string;
    readonly lowered: string;
  };
  readonly messages: {
    readonly title: string;
    readonly to: string;
    readonly all: string;
    readonly allHint: string;
    readonly some: string;
    readonly noLearners: string;
    readonly text: string;
    readonly textHint: string;
    readonly send: string;
    readonly sent: string;
    readonly sentTitle: string;
    readonly sentNone: string;
    readonly read: (by: number, of: number) => string;
    readonly withdraw: string;
    readonly withdrawTitle: string;
    readonly withdrawBody: string;
  };
  readonly unlock: {
    readonly title: string;
    readonly body: string;
    readonly open: string;
    readonly whom: string;
    readonly everybody: string;
    readonly lesson: (lesson: string) => string;
    readonly count: (count: number) => string;
    readonly hints: string;
    readonly hintsOf: (title: string) => string;
    readonly noHints: string;
    readonly upTo: (hint: number) => string;
    readonly solution: string;
    readonly solutionOf: (title: string) => string;
    readonly forAll: string;
  };
}

const LOADERS: Readonly<Record<Language, () => Promise<HelpTexts>>> = {
  ko: async () => (await import('./texts-ko.ts')).KO,
  en: async () => (await import('./texts-en.ts')).EN,
};

export function loadHelpTexts(language: Language): Promise<HelpTexts> {
  return LOADERS[language]();
}
