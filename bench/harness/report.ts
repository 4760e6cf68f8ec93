import type { Figure, Missing } from './figure-sheet.ts';
import { goalText } from './goal.ts';
import type { MachineFacts } from './machine.ts';

/** What a suite prints with `--json`; the form is fixed. */
export interface SuiteReport {
  readonly suite: string;
  readonly machine: MachineFacts;
  /** Of the last 1, 5 and 15 minutes when the suite had ended: its own work and that of others. */
  readonly loadAfter: readonly number[];
  readonly figures: readonly Figure[];
  readonly missing: readonly Missing[];
}

const HEAD = ['figure', 'unit', 'n', 'median', 'p95', 'baseline', 'median', 'p95', 'ratio', 'goal'];
const LEFT_ALIGNED = new Set([0, 1, 5, 9]);

/** The report for people. */
export function reportTable(report: SuiteReport): string {
  return [`${report.suite}: ${machineLine(report)}`, '', ...reportBody(report)].join('\n');
}

/** Table and gaps, without the machine. */
export function reportBody({ figures, missing }: SuiteReport): string[] {
  const gaps = missing.map((gap) => `- ${gap.name}: ${gap.reason}`);
  return [
    ...(figures.length > 0 ? [...table([HEAD, ...figures.map(row)]), ''] : []),
    ...(gaps.length > 0 ? ['missing:', '', ...gaps, ''] : []),
  ];
}

export function machineLine({ machine, loadAfter }: SuiteReport): string {
  return [
    machine.startedAt.slice(0, 16).replace('T', ' '),
    `${machine.cores} × ${machine.cpuModel}`,
    `${(machine.memoryMiB / 1024).toFixed(1)} GiB`,
    `${machine.platform} ${machine.kernel}`,
    `cgroup v${machine.cgroupVersion ?? '?'}`,
    `engine ${machine.engineVersion ?? 'unknown'} (${machine.storageDriver ?? 'unknown'})`,
    `docker program ${machine.dockerProgramVersion ?? 'missing'}`,
    `Node ${machine.nodeVersion}`,
    `load before ${machine.loadAverage.join(' ')}, after ${loadAfter.join(' ')}`,
  ].join(', ');
}

function row(figure: Figure): string[] {
  const { baseline, ratio } = figure;
  return [
    figure.name,
    figure.unit,
    String(figure.n),
    String(figure.median),
    String(figure.p95),
    baseline?.name ?? '-',
    baseline === null ? '-' : String(baseline.median),
    baseline === null ? '-' : String(baseline.p95),
    ratio === null ? '-' : ratio.toFixed(2),
    figure.goals.map((goal) => `${goalText(goal)}: ${goal.isMet ? 'met' : 'missed'}`).join(', ') || '-',
  ];
}

/** A Markdown table whose columns also line up in a terminal. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD.map((_, column) => Math.max(3, ...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => pad(cell, column, widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    LEFT_ALIGNED.has(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [head = [], ...body] = rows;
  return [line(head), `| ${rule.join(' | ')} |`, ...body.map(line)];
}

function pad(cell: string, column: number, width: number): string {
  return LEFT_ALIGNED.has(column) ? cell.padEnd(width) : cell.padStart(width);
}
