export interface BenchCommand {
  readonly suites: readonly string[];
  readonly asJson: boolean;
  readonly runs: number;
}

export const DEFAULT_RUNS = 6;
const MAX_RUNS = 200;

export function usage(suiteNames: readonly string[]): string {
  return [
    'Usage: npm run -s bench -- SUITE… [--json] [--runs N]',
    `  SUITE   ${suiteNames.join(' ')}`,
    '  --json  one JSON object per suite on standard output, one per line',
    `  --runs  how many times each thing is measured, 1 to ${MAX_RUNS}; default ${DEFAULT_RUNS}`,
  ].join('\n');
}

/** @returns a sentence about what is wrong instead, when something is */
export function readCommand(args: readonly string[], suiteNames: readonly string[]): BenchCommand | string {
  const suites: string[] = [];
  let asJson = false;
  let runs = DEFAULT_RUNS;
  const rest = args.flatMap((arg) =>
    arg.startsWith('--runs=') ? ['--runs', arg.slice('--runs='.length)] : [arg],
  );
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--json') asJson = true;
    else if (arg === '--runs') {
      const text = rest.shift() ?? '';
      runs = Number(text);
      if (!/^\d+$/.test(text) || runs < 1 || runs > MAX_RUNS)
        return `--runs takes a number from 1 to ${MAX_RUNS}.`;
    } else if (arg.startsWith('-')) return `There is no option ${arg}.`;
    else if (!suiteNames.includes(arg)) return `There is no suite "${arg}".`;
    else if (!suites.includes(arg)) suites.push(arg);
  }
  return suites.length === 0 ? 'No suite was named.' : { suites, asJson, runs };
}
