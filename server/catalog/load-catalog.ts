import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CommonMessages } from '#contract/definitions.ts';
import { LANGUAGES, type Language } from '#contract/language.ts';
import { Catalog, type CatalogLab } from './catalog.ts';
import { CatalogError } from './catalog-error.ts';
import { ProblemList } from './catalog-problem.ts';
import { loadLab } from './load-lab.ts';
import { checkTwins } from './text-twins.ts';
import { readYaml } from './yaml-file.ts';

/** Folders of `labs/` that hold no lab. */
const NOT_LABS = new Set(['kit', 'images']);

export type KitMessages = Readonly<Record<Language, CommonMessages>>;

/** @throws {CatalogError} with every problem that it finds. `labsFolder` is the absolute path of `labs/`. */
export async function loadCatalog(labsFolder: string): Promise<Catalog> {
  const problems = new ProblemList();
  const kitMessages = await loadKitMessages(labsFolder, problems);
  const folders = (await readdir(labsFolder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && !NOT_LABS.has(entry.name))
    .map((entry) => entry.name)
    .sort();
  const labs: CatalogLab[] = [];
  for (const folder of folders) {
    const lab = await loadLab({ labsFolder, folder, kitMessages, problems });
    if (lab !== null) labs.push(lab);
  }
  reportTwiceUsedIds(labs, basename(labsFolder), problems);
  if (problems.all.length > 0) throw new CatalogError(problems.all);
  return new Catalog(labs.sort(byFirstLesson));
}

async function loadKitMessages(labsFolder: string, problems: ProblemList): Promise<KitMessages> {
  const load = (language: Language) => {
    const file = `messages.${language}.yaml`;
    const shown = `${basename(labsFolder)}/kit/${file}`;
    return readYaml(join(labsFolder, 'kit', file), shown, CommonMessages, problems);
  };
  const [ko, en] = await Promise.all(LANGUAGES.map(load));
  if (ko && en) checkTwins(ko, en, [], problems);
  return { ko: ko?.value ?? {}, en: en?.value ?? {} };
}

function reportTwiceUsedIds(labs: readonly CatalogLab[], root: string, problems: ProblemList): void {
  const firstUse = new Map<string, string>();
  for (const lab of labs) {
    for (const { id } of lab.exercises) {
      const other = firstUse.get(id);
      if (other !== undefined && other !== lab.id) {
        problems.add(
          `${root}/${lab.id}/lab.yaml`,
          `The exercise id "${id}" is used by the lab "${other}" already.`,
        );
      }
      firstUse.set(id, lab.id);
    }
  }
}

function byFirstLesson(one: CatalogLab, other: CatalogLab): number {
  return lessonNumber(one) - lessonNumber(other);
}

/** `14.10` comes after `14.9`. */
function lessonNumber(lab: CatalogLab): number {
  const [chapter, section] = (lab.exercises[0]?.lesson ?? '0.0').split('.').map(Number);
  return (chapter ?? 0) * 100 + (section ?? 0);
}
