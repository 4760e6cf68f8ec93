/** `npm run -s labs -- …`: how authors, CI and scripts talk to exercises without a browser. */

import { CatalogError } from '../catalog/catalog-error.ts';
import { ConfigError } from '../config.ts';
import { LabError } from '../domain/lab-error.ts';
import { AuthorError } from './labs/author-error.ts';
import { interruptible } from './labs/interrupt.ts';
import { runList } from './labs/list.ts';
import { runNew } from './labs/new.ts';
import { runTest } from './labs/test.ts';
import { runTry } from './labs/try.ts';

const USAGE = `usage: npm run -s labs -- COMMAND

  list [--json]                       lessons, labs, exercises and checks, in order
  test [EXERCISE…] [--jobs N] [--only NAME] [--share K/N]
                                      proves exercises on real swarms
  try EXERCISE --script FILE [--json] [--timeout SECONDS] [--record FILE]
                                      runs FILE as a learner would and tells what the checks say
  new EXERCISE [--lab LAB]            makes an exercise with all its files in both languages
`;

/** 0: yes · 1: no · 2: could not tell */
type ExitCode = 0 | 1 | 2;

const COMMANDS: Readonly<
  Record<string, (args: readonly string[], signal: AbortSignal) => Promise<ExitCode>>
> = {
  list: runList,
  test: runTest,
  try: runTry,
  new: runNew,
};

async function main(): Promise<ExitCode> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    process.stderr.write(name === '' ? USAGE : `There is no command "${name}".\n\n${USAGE}`);
    return 2;
  }
  using interrupt = interruptible();
  try {
    return await command(args, interrupt.signal);
  } catch (failure) {
    process.stderr.write(`${explain(failure, interrupt.signal)}\n`);
    return 2;
  }
}

function explain(failure: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'Stopped; the labs of this run are removed.';
  if (failure instanceof AuthorError || failure instanceof CatalogError || failure instanceof ConfigError) {
    return failure.message;
  }
  if (failure instanceof LabError) return `${failure.message} (${failure.code})`;
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}

process.exitCode = await main();
