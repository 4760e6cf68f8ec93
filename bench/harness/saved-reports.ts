import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { machineLine, reportBody, type SuiteReport } from './report.ts';

const DOCS = resolve(import.meta.dirname, '../../docs');
const FOLDER = join(DOCS, 'benchmarks');
const PAGE = join(DOCS, 'benchmarks.md');

/** Keeps a report as `docs/benchmarks/SUITE.json`. */
export async function saveReport(report: SuiteReport): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, `${report.suite}.json`), `${JSON.stringify(report, null, 1)}\n`);
}

/** Writes what is kept into the marked blocks of `docs/benchmarks.md`. */
export async function writePage(): Promise<void> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(files.map((name) => readFile(join(FOLDER, name), 'utf8')));
  const reports = texts.map((text) => JSON.parse(text) as SuiteReport);
  await writeFile(PAGE, withReports(await readFile(PAGE, 'utf8'), reports));
}

/** `<!-- bench NAME -->` to `<!-- /bench -->` becomes the report of that suite; without one it stays as it is. */
export function withReports(page: string, reports: readonly SuiteReport[]): string {
  return page.replace(/<!-- bench ([a-z]+) -->\n.*?<!-- \/bench -->/gs, (block, name: string) => {
    const report = reports.find(({ suite }) => suite === name);
    return report === undefined ? block : [`<!-- bench ${name} -->`, '', ...lines(report)].join('\n');
  });
}

function lines(report: SuiteReport): string[] {
  return [`${machineLine(report)}:`, '', ...reportBody(report), '<!-- /bench -->'];
}
