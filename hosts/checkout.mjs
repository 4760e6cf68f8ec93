import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../setup/command.mjs';
import { PATHS } from '../setup/settings.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { handOver, handOverTrust } from './handover.mjs';

const PACK_DEADLINE_MS = 60_000;
const UNPACK_DEADLINE_MS = 60_000;

/** Where the product lies in the machine, in kim's home. */
export const CHECKOUT = 'rollout-lab';

/** Packages and records that are there from an earlier run of a kept machine stay. */
const UNPACK = `mkdir -p ${CHECKOUT} && cd ${CHECKOUT}
find . -mindepth 1 -maxdepth 1 ! -name node_modules ! -name .data -exec rm -rf {} +
tar -xf "$FILE"`;

/**
 * Puts this checkout into the machine, as kim's: what git knows and what it would add, or the last commit.
 * @param {import('./steps.mjs').StepContext} context
 * @returns {Promise<string>} what it was
 */
export async function copyCheckout(context) {
  const { takesHead } = context.options;
  await handOver(context, 'checkout.tar', {
    make: (tar) => (takesHead ? packHead(tar, context.signal) : packWorkingTree(tar)),
    take: UNPACK,
    deadlineMs: UNPACK_DEADLINE_MS,
  });
  await handOverTrust(context);
  const commit = git(['log', '-1', '--format=%h']);
  return takesHead || git(['status', '--porcelain']) === ''
    ? `commit ${commit}`
    : `commit ${commit} with changes`;
}

/**
 * @param {string} tar
 * @param {AbortSignal} signal
 */
async function packHead(tar, signal) {
  await runCommand('git', ['archive', '-o', tar, 'HEAD'], {
    what: 'Packing the last commit',
    signal,
    deadlineMs: PACK_DEADLINE_MS,
  });
}

/** @param {string} tar */
async function packWorkingTree(tar) {
  const names = git(['ls-files', '-z', '--cached', '--others', '--exclude-standard']).split('\0');
  const present = names.filter((name) => name && existsSync(path.join(PATHS.root, name)));
  const packed = spawnSync('tar', ['-C', PATHS.root, '--null', '-T', '-', '-cf', tar], {
    input: present.join('\0'),
    encoding: 'utf8',
    timeout: PACK_DEADLINE_MS,
  });
  if (packed.status !== 0) throw new SetupError(`Packing the checkout failed: ${packed.stderr}`);
}

/** @param {string[]} args */
function git(args) {
  const { stdout } = spawnSync('git', args, { cwd: PATHS.root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  return stdout.trim();
}
