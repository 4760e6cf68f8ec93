import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Language } from '../../contract/language.ts';
import { ROOT_DIR } from '../product/settings.ts';

export interface ExerciseTexts {
  readonly title: string;
  readonly checks: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly messages: Readonly<Record<string, string>>;
  /** Why switches of nodes don't work in it. */
  readonly forbids?: string;
}

/** What the author wrote for an exercise, shared messages included. */
export async function exerciseTexts(id: string, language: Language): Promise<ExerciseTexts> {
  const own = await readYaml(`labs/${await labOf(id)}/exercises/${id}/${language}.yaml`);
  const shared = await readYaml(`labs/kit/messages.${language}.yaml`);
  const { messages = {}, options = {}, ...rest } = own as unknown as ExerciseTexts;
  return { ...rest, options, messages: { ...(shared as ExerciseTexts['messages']), ...messages } };
}

/** Whether it goes beyond the course: nothing after it builds on it. */
export async function isExtra(id: string): Promise<boolean> {
  const { extra } = await readYaml(`labs/${await labOf(id)}/exercises/${id}/exercise.yaml`);
  return extra === true;
}

export async function labOf(exercise: string): Promise<string> {
  for (const lab of await readdir(join(ROOT_DIR, 'labs'))) {
    const exercises: string[] = await readdir(join(ROOT_DIR, 'labs', lab, 'exercises')).catch(() => []);
    if (exercises.includes(exercise)) return lab;
  }
  throw new Error(`no lab has ${exercise}`);
}

async function readYaml(path: string): Promise<Record<string, unknown>> {
  return parse(await readFile(join(ROOT_DIR, path), 'utf8')) as Record<string, unknown>;
}
