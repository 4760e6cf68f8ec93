import { loadavg } from 'node:os';
import { FigureSheet } from './harness/figure-sheet.ts';
import { machineFacts } from './harness/machine.ts';
import type { SuiteReport } from './harness/report.ts';
import type { Suite, SuiteContext } from './suites/suite.ts';

/** Runs one suite and reports what it could measure. @throws only when the bench was stopped */
export async function runSuite(suite: Suite, context: Omit<SuiteContext, 'sheet'>): Promise<SuiteReport> {
  const machine = await machineFacts(context.engine, context.signal);
  if (suite.measure === null) {
    const missing = suite.figures.map(({ name }) => ({ name, reason: 'suite not written yet' }));
    return { suite: suite.name, machine, loadAfter: machine.loadAverage, figures: [], missing };
  }
  const sheet = new FigureSheet(suite.figures);
  let broken = '';
  try {
    await suite.measure({ ...context, sheet });
  } catch (failure) {
    context.signal.throwIfAborted();
    broken = failure instanceof Error ? failure.message : String(failure);
    context.progress(`${suite.name} ended early: ${broken}`);
  }
  const loadAfter = loadavg().map((load) => Math.round(load * 100) / 100);
  return {
    suite: suite.name,
    machine,
    loadAfter,
    figures: sheet.figures(),
    missing: sheet.missing(broken),
  };
}
