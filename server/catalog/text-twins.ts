import { placeholdersOf } from '../domain/grading/message.ts';
import type { ProblemList } from './catalog-problem.ts';
import type { YamlFile } from './yaml-file.ts';

/** Both languages have the same keys at this path, and each pair of texts the same placeholders. */
export function checkTwins(
  ko: YamlFile<unknown>,
  en: YamlFile<unknown>,
  path: readonly string[],
  problems: ProblemList,
): void {
  const texts = { ko: textsAt(ko.value, path), en: textsAt(en.value, path) };
  reportMissing(ko, texts.ko, { in: en, texts: texts.en }, path, problems);
  reportMissing(en, texts.en, { in: ko, texts: texts.ko }, path, problems);
  for (const [key, text] of Object.entries(texts.en)) {
    const twin = texts.ko[key];
    if (twin === undefined) continue;
    const [wanted, found] = [placeholdersOf(twin), placeholdersOf(text)].map((names) => names.join(', '));
    if (wanted === found) continue;
    const where = en.positionOf([...path, key]);
    problems.add(en.file, `"${key}" has the placeholders (${found}), in the Korean file (${wanted}).`, where);
  }
}

function reportMissing(
  source: YamlFile<unknown>,
  texts: Readonly<Record<string, string>>,
  twin: { readonly in: YamlFile<unknown>; readonly texts: Readonly<Record<string, string>> },
  path: readonly string[],
  problems: ProblemList,
): void {
  for (const key of Object.keys(texts).filter((candidate) => !(candidate in twin.texts))) {
    const where = path.length === 0 ? '' : ` under "${path.join('.')}"`;
    problems.add(
      twin.in.file,
      `"${key}" is missing${where}: ${source.file} has it.`,
      twin.in.positionOf(path),
    );
  }
}

function textsAt(value: unknown, path: readonly string[]): Readonly<Record<string, string>> {
  let current: unknown = value;
  for (const key of path) current = (current as Record<string, unknown> | undefined)?.[key];
  return (current ?? {}) as Record<string, string>;
}
