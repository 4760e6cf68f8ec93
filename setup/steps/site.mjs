import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectEnv, runCommand } from '../command.mjs';
import { fingerprint } from '../fingerprint.mjs';
import { stepRecord } from '../record.mjs';
import { PATHS } from '../settings.mjs';

const BUILD_DEADLINE_MS = 10 * 60_000;

/** Everything that the pages are made from. */
const INPUTS = [
  ...['content', 'src', 'contract', 'public', 'labs'],
  ...['astro.config.mjs', 'astro.config.ts', 'content.config.ts', 'src/content.config.ts'],
  ...['tsconfig.json', 'package-lock.json'],
];

/** Whether the pages that are there were made from what is there now. */
export function isSiteBuilt(inputs = fingerprintOfInputs()) {
  return stepRecord('site').isFor(inputs) && existsSync(path.join(PATHS.root, 'dist'));
}

/** @param {import('./dependencies.mjs').StepContext} context */
export async function buildSite({ progress, signal }) {
  const record = stepRecord('site');
  const inputs = fingerprintOfInputs();
  if (isSiteBuilt(inputs)) return progress.skip('Site');
  record.clear();
  await progress.run('Building the site', (step) =>
    runCommand(PATHS.runtime, [path.join(PATHS.binaries, 'astro'), 'build'], {
      what: 'Building the site',
      todo: `The lines above name the page and the line; the whole output is in ${PATHS.logs}/site.log.`,
      env: projectEnv({ ASTRO_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0' }),
      signal,
      deadlineMs: BUILD_DEADLINE_MS,
      logName: 'site',
      onLine: step.detail,
    }),
  );
  record.write(inputs);
}

function fingerprintOfInputs() {
  return fingerprint(PATHS.root, INPUTS, { ignore: isNoInput });
}

/** @param {string} file */
function isNoInput(file) {
  return file === 'labs/images' || file.endsWith('.sh') || /\.test\.[a-z]+$/.test(file);
}
