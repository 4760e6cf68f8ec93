import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { isSeq, parseDocument } from 'yaml';
import { ExerciseId } from '#contract/ids.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import { readConfig } from '../../config.ts';
import { readArguments } from './arguments.ts';
import { AuthorError } from './author-error.ts';
import { exerciseFiles } from './exercise-template.ts';
import { courseCatalog } from './workbench.ts';

/** Makes an exercise that loads, and whose one check fails until the author writes it. */
export async function runNew(args: readonly string[]): Promise<0> {
  const { values, positionals } = readArguments(args, { lab: { type: 'string' } });
  const [id] = positionals;
  if (id === undefined || positionals.length > 1) {
    throw new AuthorError('usage: npm run -s labs -- new EXERCISE [--lab LAB]');
  }
  const config = readConfig();
  const made = await scaffold(join(config.rootDir, 'labs'), await courseCatalog(config), id, values.lab);
  process.stdout.write(`${made.map((file) => relative(config.rootDir, file)).join('\n')}\n`);
  return 0;
}

/** @returns absolute paths of the files made or changed @throws {AuthorError} */
export async function scaffold(
  labsFolder: string,
  catalog: Catalog,
  id: string,
  labId?: string,
): Promise<string[]> {
  if (!ExerciseId.safeParse(id).success) {
    throw new AuthorError(`"${id}" is no exercise id: it looks like 14.2-rollout, with its lesson first.`);
  }
  if (catalog.exercise(id) !== null) throw new AuthorError(`The exercise "${id}" exists already.`);
  const lab = labId ?? labOfLesson(catalog, id);
  if (catalog.lab(lab) === null) {
    throw new AuthorError(
      `There is no lab "${lab}". There are: ${catalog.labs.map((one) => one.id).join(', ')}.`,
    );
  }
  const folder = join(labsFolder, lab, 'exercises', id);
  const made: string[] = [];
  for (const [name, text] of Object.entries(exerciseFiles(id))) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    // `wx`: what an author has written already is never overwritten.
    await writeFile(file, text, { flag: 'wx' });
    made.push(file);
  }
  const labFile = join(labsFolder, lab, 'lab.yaml');
  await listExercise(labFile, id);
  return [...made, labFile];
}

/** The lab of the lesson's other exercises, else the last lab of the course. */
function labOfLesson(catalog: Catalog, id: string): string {
  const lesson = id.slice(0, id.indexOf('-'));
  return catalog.exercisesOfLesson(lesson)[0]?.lab ?? catalog.labs.at(-1)?.id ?? '';
}

async function listExercise(labFile: string, id: string): Promise<void> {
  const document = parseDocument(await readFile(labFile, 'utf8'));
  const list = document.get('exercises');
  if (!isSeq(list)) throw new AuthorError(`${labFile} has no list "exercises".`);
  list.add(id);
  await writeFile(labFile, document.toString({ lineWidth: 0 }));
}
