import { describeFailure, SetupError } from '../setup/setup-error.mjs';
import { throwIfStopped } from '../setup/shutdown.mjs';

/**
 * @typedef {{ name: string, passed: boolean, seen: string }} StepResult
 */

/**
 * @param {import('./steps.mjs').Step[]} steps
 * @param {Omit<import('./steps.mjs').StepContext, 'step'>} context
 * @param {import('../setup/progress.mjs').Progress} progress
 * @returns {Promise<StepResult[]>}
 */
export async function runSteps(steps, context, progress) {
  /** @type {StepResult[]} */
  const results = [];
  for (const { name, title, after = [], run } of steps) {
    throwIfStopped(context.signal);
    const broken = after.find((before) => results.some((r) => r.name === before && !r.passed));
    if (broken) {
      progress.note(`✗ ${name}: not run, because ${broken} failed`);
      results.push({ name, passed: false, seen: `not run, because ${broken} failed` });
      continue;
    }
    try {
      const seen = await progress.run(`${name}: ${title}`, (step) => run({ ...context, step }));
      if (seen) progress.note(`  ${seen}`);
      results.push({ name, passed: true, seen });
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      progress.note(describeFailure(error));
      results.push({ name, passed: false, seen: error.message });
    }
  }
  return results;
}

/**
 * @param {StepResult[]} results
 * @param {{ facts: import('./facts.mjs').MachineFacts, accelerator: 'kvm' | 'tcg', source: string, date: Date }} about
 * @returns {string} what was seen of each step, the line for docs/operations.md, and the counts
 */
export function report(results, { facts, accelerator, source, date }) {
  const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
  const counts = `${results.length - failed.length} passed, ${failed.length} failed`;
  const outcome = failed.length === 0 ? counts : `${counts} (${failed.join(', ')})`;
  const host = `${facts.system}, kernel ${facts.kernel}, Docker ${facts.engine}`;
  const ipvs = `IPVS in a lab ${facts.ipvsInUserNamespace ? 'allowed' : 'refused'}`;
  const cells = [date.toISOString().slice(0, 10), source, host, accelerator.toUpperCase(), ipvs, outcome];
  const width = Math.max(...results.map(({ name }) => name.length));
  return [
    ...results.map(({ name, passed, seen }) => `${passed ? '✓' : '✗'} ${name.padEnd(width)}  ${seen}`),
    '',
    `| ${cells.join(' | ')} |`,
    '',
    counts,
  ].join('\n');
}
