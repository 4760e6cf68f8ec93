export interface BenchCommand {
  readonly suites: readonly string[];
  readonly asJson: boolean;
  readonly runs: number;
  /** How many labs at most stand side by side. */
  readonly labs: number;
  /** Keep the reports and write them into `docs/benchmarks.md`. */
  readonly isSaved: boolean;
}

/** Options with a number: what they are without one, and their largest. */
const NUMBERS = { '--runs': { usual: 6, largest: 200 }, '--labs': { usual: 10, largest: 200 } } as const;
export const DEFAULT_RUNS = NUMBERS['--runs'].usual;
export const DEFAULT_LABS = NUMBERS['--labs'].usual;

export function usage(suiteNames: readonly string[]): string {
  return [
    'Usage: npm run -s bench -- SUITE… [--json] [--runs N] [--labs N] [--save]',
    `  SUITE   ${suiteNames.join(' ')}`,
    '  --json  one JSON object per suite on standard output, one per line',
    `  --runs  how many times each thing is measured, 1 to ${NUMBERS['--runs'].largest}; default ${DEFAULT_RUNS}`,
    `  --labs  how many labs at most in density, scaling and burst; default ${DEFAULT_LABS}`,
    '  --save  keep reports in docs/benchmarks and write docs/benchmarks.md; without a suite only the latter',
  ].join('\n');
}

/** @returns a sentence about what is wrong instead, when something is */
export function readCommand(args: readonly string[], suiteNames: readonly string[]): BenchCommand | string {
  const suites: string[] = [];
  const numbers: Record<string, number> = { '--runs': DEFAULT_RUNS, '--labs': DEFAULT_LABS };
  let [asJson, isSaved] = [false, false];
  const rest = args.flatMap((arg) => (/^--(runs|labs)=/.test(arg) ? arg.split(/=(.*)/, 2) : [arg]));
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--json') asJson = true;
    else if (arg === '--save') isSaved = true;
    else if (arg === '--runs' || arg === '--labs') {
      const text = rest.shift() ?? '';
      numbers[arg] = Number(text);
      const { largest } = NUMBERS[arg];
      if (!/^[1-9]\d*$/.test(text) || Number(text) > largest)
        return `${arg} takes a number from 1 to ${largest}.`;
    } else if (arg.startsWith('-')) return `There is no option ${arg}.`;
    else if (!suiteNames.includes(arg)) return `There is no suite "${arg}".`;
    else if (!suites.includes(arg)) suites.push(arg);
  }
  if (suites.length === 0 && !isSaved) return 'No suite was named.';
  const { '--runs': runs = DEFAULT_RUNS, '--labs': labs = DEFAULT_LABS } = numbers;
  return { suites, asJson, runs, labs, isSaved };
}
