import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LabDefinition } from '#contract/definitions.ts';

export interface DefinedLab {
  readonly definition: LabDefinition;
  readonly filesFolder: string;
}

/**
 * The labs alone, without exercises and checks, and without running any code of theirs. What can't be read is left
 * out: whoever loads the whole catalogue says what is wrong with it.
 */
export async function readLabDefinitions(labsFolder: string): Promise<Map<string, DefinedLab>> {
  const labs = new Map<string, DefinedLab>();
  for (const folder of await readdir(labsFolder)) {
    const text = await readFile(join(labsFolder, folder, 'lab.yaml'), 'utf8').catch(() => null);
    if (text === null) continue;
    const definition = LabDefinition.safeParse(parse(text)).data;
    if (definition?.id !== folder) continue;
    labs.set(folder, { definition, filesFolder: join(labsFolder, folder, definition.files) });
  }
  return labs;
}
