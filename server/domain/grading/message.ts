import type { MessageValues } from '#contract/check.ts';
import { LANGUAGES, type Language, type LocalizedText } from '#contract/language.ts';
import type { Exercise } from './exercise.ts';

const PLACEHOLDER = /\{([a-zA-Z][a-zA-Z0-9]*)\}/g;

export function placeholdersOf(template: string): string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))].sort();
}

/** An author's mistake: a message that does not exist, or a placeholder without value. */
class MessageError extends Error {
  override name = 'MessageError';
}

/** @throws {MessageError} */
function fillPlaceholders(template: string, values: MessageValues): string {
  return template.replace(PLACEHOLDER, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new MessageError(`the message has no value for {${name}}: ${template}`);
    return String(value);
  });
}

/** @throws {MessageError} */
export function localizedMessage(
  exercise: Pick<Exercise, 'id' | 'texts'>,
  messageId: string,
  values: Readonly<Record<Language, MessageValues>>,
): LocalizedText {
  const inLanguage = (language: Language): string => {
    const template = exercise.texts[language].messages[messageId];
    if (template === undefined)
      throw new MessageError(`${exercise.id} has no message "${messageId}" in ${language}`);
    return fillPlaceholders(template, values[language]);
  };
  return Object.fromEntries(LANGUAGES.map((language) => [language, inLanguage(language)])) as LocalizedText;
}
