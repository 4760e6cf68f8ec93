import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check, StateCheck } from '#contract/check.ts';
import { ExerciseDefinition, ExerciseText } from '#contract/definitions.ts';
import type { CatalogExercise } from './catalog.ts';
import type { ProblemList } from './catalog-problem.ts';
import { checkExerciseTexts } from './exercise-texts.ts';
import type { KitMessages } from './load-catalog.ts';
import { loadChecks, loadStartChecks } from './load-checks.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

interface LoadExercise {
  readonly path: string;
  /** The lab's folder as messages name it. */
  readonly shown: string;
  readonly id: string;
  readonly lab: string;
  /** The start of a lab's first exercise, which needs no `start.ts`; `null` for the others. */
  readonly freshStart: readonly StateCheck[] | null;
  readonly kitMessages: KitMessages;
  readonly problems: ProblemList;
}

/** One exercise folder; `null` and entries in `problems` where it can't be used. */
export async function loadExercise(request: LoadExercise): Promise<CatalogExercise | null> {
  const { path, id, lab, kitMessages, problems } = request;
  const shown = `${request.shown}/exercises/${id}`;
  const yaml = (name: string): [string, string] => [join(path, name), `${shown}/${name}`];
  const [definitionFile, ko, en, checks, startChecks, solution] = await Promise.all([
    readYaml(...yaml('exercise.yaml'), ExerciseDefinition, problems),
    readYaml(...yaml('ko.yaml'), ExerciseText, problems),
    readYaml(...yaml('en.yaml'), ExerciseText, problems),
    loadChecks(join(path, 'checks.ts'), `${shown}/checks.ts`, problems),
    startChecksOf(request, `${shown}/start.ts`),
    readScript(join(path, 'solution.sh'), `${shown}/solution.sh`, problems),
  ]);
  const [startScript, preparation] = await Promise.all(
    ['start.sh', 'prepare.sh'].map((name) => readFile(join(path, name), 'utf8').catch(() => null)),
  );
  if (definitionFile === null) return null;
  checkIds(definitionFile, id, problems);
  const wrongAnswers = await loadWrongAnswers(definitionFile, path, shown, problems);
  if (ko === null || en === null || checks === null || startChecks === null || solution === null) return null;
  const texts = { ko, en };
  checkExerciseTexts({
    definition: definitionFile.value,
    checks,
    // A fresh start's messages are the kit's, which has a test of its own.
    startChecks: startChecks === request.freshStart ? [] : startChecks,
    texts,
    kitMessages,
    problems,
  });
  checkWrongAnswers(definitionFile, checks, problems);
  const definition = definitionFile.value;
  return {
    id,
    lab,
    lesson: definition.lesson,
    revision: definition.revision,
    extra: definition.extra,
    definition,
    checks,
    startChecks,
    texts: {
      ko: { ...ko.value, messages: { ...kitMessages.ko, ...ko.value.messages } },
      en: { ...en.value, messages: { ...kitMessages.en, ...en.value.messages } },
    },
    startScript: startScript ?? null,
    solution,
    preparation: preparation ?? null,
    wrongAnswers,
  };
}

async function startChecksOf(request: LoadExercise, file: string): Promise<readonly StateCheck[] | null> {
  const { path, freshStart, problems } = request;
  const own = await loadStartChecks(join(path, 'start.ts'), file, problems);
  if (own !== 'missing') return own;
  if (freshStart === null) {
    problems.add(file, 'This file is missing: only the first exercise of a lab starts without it.');
  }
  return freshStart;
}

function checkIds(yaml: YamlFile<ExerciseDefinition>, folder: string, problems: ProblemList): void {
  const { id, lesson } = yaml.value;
  if (id !== folder)
    problems.add(yaml.file, `The id must be the folder's name, "${folder}".`, yaml.positionOf(['id']));
  if (!id.startsWith(`${lesson}-`)) {
    problems.add(yaml.file, `The id must begin with its lesson, "${lesson}-".`, yaml.positionOf(['lesson']));
  }
}

async function loadWrongAnswers(
  yaml: YamlFile<ExerciseDefinition>,
  path: string,
  shown: string,
  problems: ProblemList,
): Promise<CatalogExercise['wrongAnswers']> {
  const listed = yaml.value.wrong;
  const names = listed.map((answer) => answer.script);
  const files = await readdir(join(path, 'wrong')).catch(() => []);
  for (const file of files.filter((name) => !names.includes(name.replace(/\.sh$/, '')))) {
    problems.add(yaml.file, `wrong/${file} is not listed under "wrong".`, yaml.positionOf(['wrong']));
  }
  const loaded: { text: string; answer: (typeof listed)[number] }[] = [];
  for (const [index, answer] of listed.entries()) {
    if (names.indexOf(answer.script) !== index) {
      problems.add(
        yaml.file,
        `"${answer.script}" is listed twice.`,
        yaml.positionOf(['wrong', index, 'script']),
      );
    }
    const name = `wrong/${answer.script}.sh`;
    const text = await readScript(join(path, name), `${shown}/${name}`, problems);
    if (text !== null) loaded.push({ text, answer });
  }
  return loaded.map(({ text, answer }) => ({ ...answer, text }));
}

function checkWrongAnswers(
  yaml: YamlFile<ExerciseDefinition>,
  checks: readonly Check[],
  problems: ProblemList,
): void {
  yaml.value.wrong.forEach((answer, index) => {
    const check = checks.find((candidate) => candidate.id === answer.check);
    if (check === undefined) {
      const position = yaml.positionOf(['wrong', index, 'check']);
      problems.add(
        yaml.file,
        `"${answer.script}" names the check "${answer.check}", which checks.ts does not have.`,
        position,
      );
    } else if (!check.messages.includes(answer.message) && !answer.message.startsWith('answer-')) {
      const position = yaml.positionOf(['wrong', index, 'message']);
      problems.add(
        yaml.file,
        `The check "${check.id}" does not give the message "${answer.message}".`,
        position,
      );
    }
  });
}

async function readScript(path: string, file: string, problems: ProblemList): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => {
    problems.add(file, 'This file is missing.');
    return null;
  });
}
