import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type FormedSwarm, LabDefinition } from '#contract/definitions.ts';
import { freshStart } from '../domain/grading/fresh-start.ts';
import type { CatalogExercise, CatalogLab } from './catalog.ts';
import type { ProblemList } from './catalog-problem.ts';
import { filesProblem } from './check-files.ts';
import type { KitMessages } from './load-catalog.ts';
import { loadExercise } from './load-exercise.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

export interface LoadLab {
  readonly labsFolder: string;
  readonly folder: string;
  readonly kitMessages: KitMessages;
  readonly problems: ProblemList;
}

/** One folder of `labs/`. Returns what could be loaded, `null` without a usable `lab.yaml`. */
export async function loadLab({
  labsFolder,
  folder,
  kitMessages,
  problems,
}: LoadLab): Promise<CatalogLab | null> {
  const path = join(labsFolder, folder);
  const shown = `${basename(labsFolder)}/${folder}`;
  const yaml = await readYaml(join(path, 'lab.yaml'), `${shown}/lab.yaml`, LabDefinition, problems);
  if (yaml === null) return null;
  const definition = yaml.value;
  if (definition.id !== folder) {
    problems.add(yaml.file, `The id must be the folder's name, "${folder}".`, yaml.positionOf(['id']));
  }
  checkNodes(yaml, problems);
  const filesFolder = join(path, definition.files);
  if (!(await isFolder(filesFolder))) {
    problems.add(yaml.file, `There is no folder ${shown}/${definition.files}.`, yaml.positionOf(['files']));
  } else {
    const problem = await filesProblem(labsFolder, filesFolder);
    if (problem !== null)
      problems.add(
        yaml.file,
        `The folder ${shown}/${definition.files} ${problem}`,
        yaml.positionOf(['files']),
      );
  }
  await checkExerciseList(yaml, path, problems);
  const exercises: CatalogExercise[] = [];
  for (const [index, id] of [...new Set(definition.exercises)].entries()) {
    const exercise = await loadExercise({
      path: join(path, 'exercises', id),
      shown,
      id,
      lab: folder,
      freshStart: index === 0 ? freshStart(definition) : null,
      kitMessages,
      problems,
    });
    if (exercise !== null) exercises.push(exercise);
  }
  return { id: definition.id, definition, filesFolder, exercises };
}

function checkNodes(yaml: YamlFile<LabDefinition>, problems: ProblemList): void {
  const { nodes, swarm } = yaml.value;
  const names = nodes.map((node) => node.name);
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index) {
      problems.add(
        yaml.file,
        `The node "${name}" stands here twice.`,
        yaml.positionOf(['nodes', index, 'name']),
      );
    }
  });
  const placed = new Set<string>();
  for (const { name, path } of placesOf(swarm)) {
    const position = yaml.positionOf(path);
    if (!names.includes(name)) {
      problems.add(yaml.file, `The swarm names "${name}", which is none of the nodes.`, position);
    }
    if (placed.has(name)) {
      problems.add(yaml.file, `"${name}" has a place already: manager or worker, in one swarm.`, position);
    }
    placed.add(name);
  }
  for (const [index, name] of (yaml.value.probe?.nodes ?? []).entries()) {
    if (names.includes(name)) continue;
    const position = yaml.positionOf(['probe', 'nodes', index]);
    problems.add(yaml.file, `The probe names "${name}", which is none of the nodes.`, position);
  }
}

/** Every mention of a node under `swarm`, which is one swarm or a list of them. */
function placesOf(swarm: LabDefinition['swarm']): { name: string; path: PropertyKey[] }[] {
  if (swarm === 'none') return [];
  const places = (formed: FormedSwarm, path: readonly PropertyKey[]) =>
    (['managers', 'workers'] as const).flatMap((role) =>
      formed[role].map((name, index) => ({ name, path: [...path, role, index] })),
    );
  return Array.isArray(swarm)
    ? swarm.flatMap((formed, index) => places(formed, ['swarm', index]))
    : places(swarm, ['swarm']);
}

async function checkExerciseList(
  yaml: YamlFile<LabDefinition>,
  path: string,
  problems: ProblemList,
): Promise<void> {
  const listed = yaml.value.exercises;
  listed.forEach((id, index) => {
    if (listed.indexOf(id) !== index) {
      problems.add(yaml.file, `The exercise "${id}" is listed twice.`, yaml.positionOf(['exercises', index]));
    }
  });
  const folders = await readdir(join(path, 'exercises')).catch(() => []);
  for (const folder of folders.filter((name) => !listed.includes(name))) {
    problems.add(
      yaml.file,
      `The folder exercises/${folder} is not listed under "exercises".`,
      yaml.positionOf(['exercises']),
    );
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
