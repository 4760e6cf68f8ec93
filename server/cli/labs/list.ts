import type { Catalog } from '../../catalog/catalog.ts';
import { readArguments } from './arguments.ts';
import { courseCatalog } from './workbench.ts';

/** Needs no engine. */
export async function runList(args: readonly string[]): Promise<0> {
  const { values } = readArguments(args, { json: { type: 'boolean', default: false } });
  const catalog = await courseCatalog();
  process.stdout.write(values.json ? `${JSON.stringify(listJson(catalog))}\n` : listText(catalog));
  return 0;
}

export function listJson(catalog: Catalog) {
  const exercises = catalog.exercises().map((exercise) => ({
    id: exercise.id,
    lesson: exercise.lesson,
    lab: exercise.lab,
    nodes: catalog.lab(exercise.lab)?.definition.nodes.length ?? 0,
    checks: exercise.checks.map((check) => check.id),
  }));
  return { exercises };
}

function nodesText(count: number): string {
  return count === 1 ? '1 node' : `${count} nodes`;
}

export function listText(catalog: Catalog): string {
  const lines = catalog.labs.flatMap((lab) => [
    `lab ${lab.id}: ${lab.definition.title.ko} / ${lab.definition.title.en} (${nodesText(lab.definition.nodes.length)})`,
    ...lab.exercises.flatMap((exercise) => [
      `  ${exercise.id}: ${exercise.texts.ko.title} / ${exercise.texts.en.title}`,
      ...exercise.checks.map((check) => `    ${check.id}${check.kind === 'question' ? ' ?' : ''}`),
    ]),
  ]);
  return `${lines.join('\n')}\n`;
}
