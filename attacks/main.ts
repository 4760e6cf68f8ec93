/** `node attacks/main.ts [--write] [GROUP or ID…]`: tries every attack, or those named, on the real thing. */
import { writeFile } from 'node:fs/promises';
import { ALL_ATTACKS } from './all-attacks.ts';
import { Ground } from './ground/ground.ts';
import { runAttacks } from './run-attacks.ts';
import { DOCUMENT_PATH, documentOf } from './security-document.ts';

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('-'));
const selected = ALL_ATTACKS.filter(
  ({ id }) => names.length === 0 || names.some((name) => id.startsWith(name)),
);
const isWriting = args.includes('--write');
if (selected.length === 0) {
  process.stderr.write(`No attack is called ${names.join(', ')}.\n`);
  process.exit(2);
}

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const results = await (async () => {
  await using ground = new Ground();
  if (names.length === 0) ground.prepare();
  return await runAttacks(selected, ground, stop.signal, ({ attack, outcome, durationMs }) => {
    const mark = outcome.holds ? '✓' : '✗';
    process.stdout.write(`${mark} ${attack.id} (${(durationMs / 1000).toFixed(1)} s): ${outcome.observed}\n`);
  });
})().catch((failure: unknown) => {
  if (!stop.signal.aborted) throw failure;
  return null;
});
if (results === null) process.exit(130);

if (isWriting) await writeFile(DOCUMENT_PATH, await documentOf(results));
const failed = results.filter(({ outcome }) => !outcome.holds);
for (const { attack, outcome } of failed) {
  process.stdout.write(`\n✗ ${attack.id}\n  tried:    ${attack.tried} (${attack.from})\n`);
  process.stdout.write(`  must:     ${attack.must}\n  observed: ${outcome.observed}\n`);
}
const counts = `${results.length - failed.length} passed, ${failed.length} failed`;
// Set-up ends what it has started after us, and says the line last.
const countsFile = process.env['ROLLOUT_LAB_COUNTS_FILE'];
if (countsFile === undefined) process.stdout.write(`\n${counts}\n`);
else await writeFile(countsFile, counts);
process.exitCode = failed.length === 0 ? 0 : 1;
