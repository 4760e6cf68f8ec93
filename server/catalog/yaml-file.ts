import { readFile } from 'node:fs/promises';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { ProblemList } from './catalog-problem.ts';
import { describeIssue } from './describe-issue.ts';

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Definition and text files are small; a larger one is a mistake. */
const MAX_YAML_BYTES = 256 * 1024;

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
  const source = await readFile(path, 'utf8').catch((failure: NodeJS.ErrnoException) => {
    problems.add(
      file,
      failure.code === 'ENOENT' ? 'This file is missing.' : `Can't be read: ${failure.message}`,
    );
    return null;
  });
  if (source === null) return null;
  if (Buffer.byteLength(source) > MAX_YAML_BYTES) {
    problems.add(file, `Larger than ${MAX_YAML_BYTES / 1024} KiB.`);
    return null;
  }
  return parseYaml(source, file, schema, problems);
}

function parseYaml<S extends z.ZodType>(
  source: string,
  file: string,
  schema: S,
  problems: ProblemList,
): YamlFile<z.infer<S>> | null {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter, uniqueKeys: true, prettyErrors: false });
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  for (const error of [...document.errors, ...document.warnings]) {
    problems.add(file, `Not valid YAML: ${error.message}`, at(error.pos[0]));
  }
  if (document.errors.length > 0) return null;
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
  for (const issue of parsed.error.issues) {
    for (const { path, problem } of describeIssue(issue)) problems.add(file, problem, positionOf(path));
  }
  return null;
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
