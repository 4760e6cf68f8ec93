import { gatherFacts } from '../doctor/facts.mjs';
import { judge } from '../doctor/judge.mjs';
import { formatRows } from '../doctor/rows.mjs';

/** @type {import('./context.mjs').Command} */
export async function doctor({ args, settings }) {
  const rows = judge(await gatherFacts(settings));
  const count = (/** @type {string} */ level) => rows.filter((row) => row.level === level).length;
  const counts = { pass: count('pass'), warn: count('warn'), fail: count('fail') };
  if (args.includes('--json')) {
    console.log(JSON.stringify({ rows, counts }, null, 2));
  } else {
    console.log(formatRows(rows));
    console.log(`\n${counts.pass} pass, ${counts.warn} warn, ${counts.fail} fail`);
  }
  return counts.fail > 0 ? 1 : 0;
}
