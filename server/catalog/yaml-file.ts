import { readFile, stat } from 'node:fs/promises';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { ProblemList } from './catalog-problem.ts';
import { describeIssue } from './describe-issue.ts';

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Definition and text files are small; a larger one is a mistake. */
const MAX_YAML_BYTES = 64 * 1024;
/** More problems in one file are one problem. */
const MAX_PROBLEMS = 30;
/** The parser calls itself for each level. */
const MAX_DEPTH = 50;

/** A YAML file that met its schema, and where things stand in it. */
export interface YamlFile<T> {
  readonly file: string;
  readonly value: T;
  positionOf(path: readonly PropertyKey[]): Position | null;
}

/** Reads and validates; adds what is wrong to `problems` and returns `null` then. `file` is the name to show. */
export async function readYaml<S extends z.ZodType>(
  path: string,
  file: string,
  schema: S,
  problems: ProblemList,
): Promise<YamlFile<z.infer<S>> | null> {
  const source = await readBounded(path).catch((failure: NodeJS.ErrnoException) => {
    problems.add(
      file,
      failure.code === 'ENOENT' ? 'This file is missing.' : `Can't be read: ${failure.message}`,
    );
    return null;
  });
  if (source === null) return null;
  if (depthOf(source) > MAX_DEPTH) {
    problems.add(file, `Nested deeper than ${MAX_DEPTH} levels.`);
    return null;
  }
  return parseYaml(source, file, schema, problems);
}

/** @throws {Error} for a file that is too large */
async function readBounded(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > MAX_YAML_BYTES) throw new Error(`larger than ${MAX_YAML_BYTES / 1024} KiB`);
  return readFile(path, 'utf8');
}

/** At most: brackets in texts count too, and indentation by one. */
function depthOf(source: string): number {
  let deepest = 0;
  let depth = 0;
  for (const line of source.split('\n')) {
    for (const character of line) {
      if ('[{'.includes(character)) depth += 1;
      else if (']}'.includes(character)) depth -= 1;
      deepest = Math.max(deepest, depth);
    }
    deepest = Math.max(deepest, line.length - line.trimStart().length);
  }
  return deepest;
}

function parseYaml<S extends z.ZodType>(
  source: string,
  file: string,
  schema: S,
  problems: ProblemList,
): YamlFile<z.infer<S>> | null {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter, uniqueKeys: false, prettyErrors: false });
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  for (const error of [...document.errors, ...document.warnings].slice(0, MAX_PROBLEMS)) {
    problems.add(file, `Not valid YAML: ${error.message}`, at(error.pos[0]));
  }
  const twice = keyStandingTwice(document);
  if (twice !== null) problems.add(file, 'Not valid YAML: Map keys must be unique', at(twice));
  if (document.errors.length > 0 || twice !== null) return null;
  const positionOf = (path: readonly PropertyKey[]): Position | null => {
    const offset = offsetOf(document, path);
    return offset === null ? null : at(offset);
  };
  const plain = toPlain(document);
  if (plain === undefined) {
    problems.add(file, 'Too many aliases: write the values out.');
    return null;
  }
  const parsed = schema.safeParse(plain);
  if (parsed.success) return { file, value: parsed.data, positionOf };
  const described = parsed.error.issues.slice(0, MAX_PROBLEMS).flatMap(describeIssue);
  for (const { path, problem } of described.slice(0, MAX_PROBLEMS))
    problems.add(file, problem, positionOf(path));
  return null;
}

/** Offset of the first one. The parser's own search compares every key with every other. */
function keyStandingTwice(document: Document): number | null {
  let found: number | null = null;
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name)) {
          found = isNode(key) ? (key.range?.[0] ?? 0) : 0;
          return visit.BREAK;
        }
        seen.add(name);
      }
      return undefined;
    },
  });
  return found;
}

/** Aliases are limited, so that a few lines can't become gigabytes. `undefined`: there are too many. */
function toPlain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch (failure) {
    if (failure instanceof ReferenceError) return undefined;
    throw failure;
  }
}

/** Where the value of a path begins; for a key that is not there, where its nearest parent begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length >= 0; length--) {
    const offset = keyOffset(document, path.slice(0, length));
    if (offset !== null) return offset;
  }
  return null;
}

/** For an entry of a map the offset of its key, which is what an author looks for. */
function keyOffset(document: Document, path: readonly PropertyKey[]): number | null {
  const parent = path.length === 0 ? null : document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
    return pair && isNode(pair.key) ? (pair.key.range?.[0] ?? null) : null;
  }
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}
