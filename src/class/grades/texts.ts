import type { ApiScope } from '#contract/class-grades.ts';
import type { WebhookEventType, WebhookOutcome } from '#contract/class-webhook.ts';
import type { Language } from '#contract/language.ts';
import { EN } from './texts-en.ts';
import { KO } from './texts-ko.ts';

/** Every word of the view of grades. */
export interface GradesTexts {
  readonly exports: {
    readonly title: string;
    readonly hint: string;
    readonly progress: string;
    readonly progressHint: string;
    readonly attempts: string;
    readonly attemptsHint: string;
    readonly json: string;
    readonly jsonHint: string;
  };
  readonly keys: {
    readonly title: string;
    readonly hint: string;
    readonly description: string;
    readonly none: string;
    readonly make: string;
    readonly makeTitle: string;
    readonly name: string;
    readonly nameHint: string;
    readonly days: string;
    readonly scope: string;
    readonly scopes: Readonly<Record<ApiScope, string>>;
    readonly reach: string;
    readonly thisClass: string;
    readonly allClasses: string;
    readonly otherClass: string;
    readonly madeTitle: string;
    readonly madeBody: string;
    readonly until: (date: string) => string;
    readonly used: (date: string) => string;
    readonly unused: string;
    readonly revoke: string;
    readonly revokeTitle: (name: string) => string;
    readonly revokeBody: string;
  };
  readonly webhook: {
    readonly title: string;
    readonly hint: string;
    readonly address: string;
    readonly addressHint: string;
    readonly set: string;
    readonly setTitle: string;
    readonly change: string;
    readonly changeBody: string;
    readonly madeTitle: string;
    readonly madeBody: string;
    readonly test: string;
    readonly testing: string;
    readonly remove: string;
    readonly removeTitle: string;
    readonly removeBody: string;
    readonly enable: string;
    readonly disabled: Readonly<Record<'gone' | 'failing', (date: string) => string>>;
    readonly last: string;
    readonly none: string;
    readonly events: Readonly<Record<WebhookEventType, string>>;
    readonly outcomes: Readonly<Record<Exclude<WebhookOutcome, 'answered'>, string>>;
    readonly delivered: (status: number) => string;
    readonly notTaken: (status: number) => string;
    readonly waits: string;
    readonly nextTry: (date: string) => string;
    readonly givenUp: string;
  };
}

const TEXTS: Readonly<Record<Language, GradesTexts>> = { ko: KO, en: EN };

export function gradesTexts(language: Language): GradesTexts {
  return TEXTS[language];
}
