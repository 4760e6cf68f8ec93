import type { Check, StateCheck } from '#contract/check.ts';
import type { ExerciseDefinition, ExerciseText } from '#contract/definitions.ts';
import { LANGUAGES, type Language } from '#contract/language.ts';
import { GRADER_MESSAGES } from '../domain/grading/exercise.ts';
import { placeholdersOf } from '../domain/grading/message.ts';
import type { ProblemList } from './catalog-problem.ts';
import type { KitMessages } from './load-catalog.ts';
import { checkTwins } from './text-twins.ts';
import type { YamlFile } from './yaml-file.ts';

interface CheckTexts {
  readonly definition: ExerciseDefinition;
  readonly checks: readonly Check[];
  readonly startChecks: readonly StateCheck[];
  readonly texts: Readonly<Record<Language, YamlFile<ExerciseText>>>;
  readonly kitMessages: KitMessages;
  readonly problems: ProblemList;
}

/** The text files fit the checks and each other: nothing missing, nothing left over. */
export function checkExerciseTexts(request: CheckTexts): void {
  const { definition, checks, startChecks, texts, kitMessages, problems } = request;
  for (const path of [['messages'], ['checks'], ...checks.map((check) => ['options', check.id])]) {
    checkTwins(texts.ko, texts.en, path, problems);
  }
  for (const language of LANGUAGES) {
    const text = texts[language];
    checkTitles(text, checks, problems);
    checkOptions(text, checks, problems);
    checkMessages(text, [...checks, ...startChecks], kitMessages[language], problems);
    checkForbids(text, definition, problems);
    if (text.value.hints.length !== definition.hints) {
      const problem = `There are ${text.value.hints.length} hints; exercise.yaml says ${definition.hints}.`;
      problems.add(text.file, problem, text.positionOf(['hints']));
    }
  }
}

function checkTitles(text: YamlFile<ExerciseText>, checks: readonly Check[], problems: ProblemList): void {
  compareKeys(
    text,
    ['checks'],
    checks.map((check) => check.id),
    problems,
  );
}

function checkOptions(text: YamlFile<ExerciseText>, checks: readonly Check[], problems: ProblemList): void {
  const choices = checks.flatMap((check) =>
    check.kind === 'question' && check.input.type === 'choice'
      ? [{ id: check.id, options: check.input.options }]
      : [],
  );
  compareKeys(
    text,
    ['options'],
    choices.map((choice) => choice.id),
    problems,
  );
  for (const { id, options } of choices) {
    if (text.value.options[id] !== undefined) compareKeys(text, ['options', id], options, problems);
  }
}

function checkMessages(
  text: YamlFile<ExerciseText>,
  checks: readonly Check[],
  kitMessages: Readonly<Record<string, string>>,
  problems: ProblemList,
): void {
  const own = text.value.messages;
  for (const check of checks) {
    for (const id of check.messages.filter((message) => !(message in own) && !(message in kitMessages))) {
      problems.add(
        text.file,
        `The check "${check.id}" needs the message "${id}".`,
        text.positionOf(['messages']),
      );
    }
  }
  const used = new Set<string>([...GRADER_MESSAGES, ...checks.flatMap((check) => check.messages)]);
  for (const [id, template] of Object.entries(own)) {
    const position = text.positionOf(['messages', id]);
    if (!used.has(id)) problems.add(text.file, `No check gives the message "${id}".`, position);
    const kitTemplate = kitMessages[id];
    if (kitTemplate === undefined) continue;
    const known = placeholdersOf(kitTemplate);
    const unknown = placeholdersOf(template).filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      problems.add(
        text.file,
        `"${id}" uses {${unknown.join('}, {')}}, which this message never gets.`,
        position,
      );
    }
  }
}

function checkForbids(
  text: YamlFile<ExerciseText>,
  { forbids }: ExerciseDefinition,
  problems: ProblemList,
): void {
  const position = text.positionOf(['forbids']);
  if (forbids !== undefined && text.value.forbids === undefined)
    problems.add(text.file, '"forbids" is missing: exercise.yaml forbids switches.', position);
  if (forbids === undefined && text.value.forbids !== undefined)
    problems.add(text.file, '"forbids" is left over: exercise.yaml forbids no switch.', position);
}

function compareKeys(
  text: YamlFile<ExerciseText>,
  path: readonly ['checks' | 'options', ...string[]],
  wanted: readonly string[],
  problems: ProblemList,
): void {
  const [section, key] = path;
  const found = key === undefined ? text.value[section] : text.value.options[key];
  const keys = Object.keys(found ?? {});
  for (const id of wanted.filter((candidate) => !keys.includes(candidate))) {
    problems.add(text.file, `"${id}" is missing under "${path.join('.')}".`, text.positionOf(path));
  }
  for (const id of keys.filter((candidate) => !wanted.includes(candidate))) {
    problems.add(
      text.file,
      `"${id}" under "${path.join('.')}" belongs to nothing in checks.ts.`,
      text.positionOf([...path, id]),
    );
  }
}
