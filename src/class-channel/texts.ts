import type { Language } from '#contract/language.ts';

/** What learners read of help in their class. */
export interface ChannelTexts {
  readonly hand: {
    readonly raise: string;
    readonly raised: string;
    readonly before: (count: number) => string;
    readonly comes: (name: string) => string;
    readonly title: string;
    readonly since: (time: string) => string;
    readonly about: string;
    readonly noExercise: string;
    readonly words: string;
    readonly wordsHint: string;
    readonly send: string;
    readonly change: string;
    readonly lower: string;
    readonly cancel: string;
    readonly close: string;
  };
  readonly show: { readonly title: (who: string) => string; readonly watch: string };
  readonly messages: {
    readonly label: string;
    readonly from: (name: string) => string;
    readonly putAway: string;
  };
}

const LOADERS: Readonly<Record<Language, () => Promise<ChannelTexts>>> = {
  ko: async () => (await import('./texts-ko.ts')).KO,
  en: async () => (await import('./texts-en.ts')).EN,
};

export function loadTexts(language: Language): Promise<ChannelTexts> {
  return LOADERS[language]();
}
