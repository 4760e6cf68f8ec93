import { ERROR_TEXTS } from '#contract/error-texts.ts';
import { LANGUAGES, type LocalizedText } from '#contract/language.ts';
import type { LabError } from './lab-error.ts';

/** What a learner reads about a failure of something that no request asked for. */
export function errorNotice({ code, params }: LabError): LocalizedText {
  const inLanguage = (template: string): string =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  const texts = LANGUAGES.map((language) => [language, inLanguage(ERROR_TEXTS[code][language])]);
  return Object.fromEntries(texts) as LocalizedText;
}
