import { ERROR_TEXTS } from '#contract/error-texts.ts';
import { LANGUAGES, type Language, type LocalizedText } from '#contract/language.ts';
import type { LabError } from './lab-error.ts';

/** What a learner reads about a failure of something that no request asked for. */
export function errorNotice({ code, params }: LabError): LocalizedText {
  const inLanguage = (language: Language): string =>
    ERROR_TEXTS[code][language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name] ?? whole;
      return typeof value === 'object' ? value[language] : String(value);
    });
  const texts = LANGUAGES.map((language) => [language, inLanguage(language)]);
  return Object.fromEntries(texts) as LocalizedText;
}
