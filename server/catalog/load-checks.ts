import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Check, StateCheck } from '#contract/check.ts';
import { CheckId } from '#contract/ids.ts';
import type { ProblemList } from './catalog-problem.ts';
import { describeIssue } from './describe-issue.ts';

const evaluate = z.custom<(...context: never[]) => unknown>((value) => typeof value === 'function', {
  error: 'must be a function',
});

const common = { id: CheckId, messages: z.array(z.string()), needs: z.array(CheckId).optional(), evaluate };

const Input = z.discriminatedUnion('type', [
  z
    .strictObject({ type: z.literal('number'), min: z.int(), max: z.int() })
    .refine((input) => input.min <= input.max),
  z.strictObject({ type: z.literal('text'), maxLength: z.int().min(1).max(400) }),
  z
    .strictObject({ type: z.literal('choice'), options: z.array(CheckId).min(2) })
    .refine((input) => new Set(input.options).size === input.options.length, {
      error: 'must not repeat options',
    }),
]);

const Checks = z
  .array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('state'),
        ...common,
        steadyMs: z.int().min(1).max(60_000).optional(),
      }),
      z.strictObject({ kind: z.literal('question'), ...common, input: Input }),
    ]),
  )
  .min(1);

/** A start has nobody to answer questions and no time to wait. */
const StartChecks = z.array(z.strictObject({ kind: z.literal('state'), ...common })).min(1);

/** Imports `checks.ts` and holds its default export to the contract, which no compiler may have seen. */
export async function loadChecks(
  path: string,
  file: string,
  problems: ProblemList,
): Promise<readonly Check[] | null> {
  const loaded = await loadList<Check>(path, file, Checks, problems);
  if (loaded !== 'missing') return loaded;
  problems.add(file, 'This file is missing.');
  return null;
}

/** The same for `start.ts`, which may be missing. */
export function loadStartChecks(
  path: string,
  file: string,
  problems: ProblemList,
): Promise<readonly StateCheck[] | 'missing' | null> {
  return loadList<StateCheck>(path, file, StartChecks, problems);
}

async function loadList<C extends Check>(
  path: string,
  file: string,
  schema: z.ZodType,
  problems: ProblemList,
): Promise<readonly C[] | 'missing' | null> {
  const source = await readFile(path, 'utf8').catch(() => null);
  if (source === null) return 'missing';
  const exported = await importDefault(path, file, problems);
  if (exported === undefined) return null;
  const parsed = schema.safeParse(exported);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      for (const { problem } of describeIssue(issue))
        problems.add(file, `The default export does not fit: ${problem}`);
    }
    return null;
  }
  const checks = exported as readonly C[];
  reportOrder(checks, source, file, problems);
  return checks;
}

async function importDefault(path: string, file: string, problems: ProblemList): Promise<unknown> {
  try {
    const module = (await import(pathToFileURL(path).href)) as { default?: unknown };
    if (module.default === undefined)
      problems.add(file, 'There is no default export: it must be the list of checks.');
    return module.default;
  } catch (failure) {
    problems.add(file, `Can't be loaded: ${failure instanceof Error ? failure.message : String(failure)}`);
    return undefined;
  }
}

function reportOrder(checks: readonly Check[], source: string, file: string, problems: ProblemList): void {
  const earlier = new Set<string>();
  for (const check of checks) {
    const positions = definitionsOf(check.id, source);
    if (earlier.has(check.id)) {
      problems.add(file, `The check id "${check.id}" is used twice.`, positions.at(-1) ?? null);
    }
    for (const need of check.needs ?? []) {
      if (earlier.has(need)) continue;
      problems.add(file, `"${check.id}" needs "${need}", which is no check before it.`, positions[0] ?? null);
    }
    earlier.add(check.id);
  }
}

/** Where a check is written: `stateCheck('id'` or `id: 'id'`. */
function definitionsOf(id: string, source: string): { line: number; column: number }[] {
  return [...source.matchAll(new RegExp(`(?<=\\bid:\\s*|Check\\(\\s*)'${id}'`, 'g'))].map((match) => {
    const before = source.slice(0, match.index).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  });
}
