import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Language } from '../../contract/language.ts';
import { ROOT_DIR } from '../product/settings.ts';

export interface ExerciseTexts {
  readonly title: string;
  readonly checks: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly messages: Readonly<Record<string, string>>;
}

/** What the author wrote for an exercise, shared messages included. */
export async function exerciseTexts(id: string, language: Language): Promise<ExerciseTexts> {
  const own = await readYaml(`labs/numbers/exercises/${id}/${language}.yaml`);
  const shared = await readYaml(`labs/kit/messages.${language}.yaml`);
  const { title, checks, options = {}, messages = {} } = own as unknown as ExerciseTexts;
  return { title, checks, options, messages: { ...(shared as ExerciseTexts['messages']), ...messages } };
}

async function readYaml(path: string): Promise<Record<string, unknown>> {
  return parse(await readFile(join(ROOT_DIR, path), 'utf8')) as Record<string, unknown>;
}
