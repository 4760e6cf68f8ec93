import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../setup/command.mjs';
import { ownTemporaryDir } from '../setup/runs.mjs';
import { PATHS } from '../setup/settings.mjs';
import { SetupError } from '../setup/setup-error.mjs';

const PACK_DEADLINE_MS = 60_000;
const COPY_DEADLINE_MS = 120_000;
const SAVE_DEADLINE_MS = 5 * 60_000;

/** Where the product lies in the machine, in kim's home. */
export const CHECKOUT = 'rollout-lab';

/**
 * Puts this checkout into the machine, as kim's: what git knows and what it would add, or the last commit.
 * @param {import('./steps.mjs').StepContext} context
 * @returns {Promise<string>} what it was
 */
export async function copyCheckout({ shell, patience, options, signal }) {
  const tar = path.join(ownTemporaryDir(), 'checkout.tar');
  try {
    if (options.takesHead) {
      await runCommand('git', ['archive', '-o', tar, 'HEAD'], {
        what: 'Packing the last commit',
        signal,
        deadlineMs: PACK_DEADLINE_MS,
      });
    } else packWorkingTree(tar);
    // Packages and records that are there from an earlier run of a kept machine stay.
    const clear = `find . -mindepth 1 -maxdepth 1 ! -name node_modules ! -name .data -exec rm -rf {} +`;
    const copied = await shell.run('kim', `mkdir -p ${CHECKOUT} && cd ${CHECKOUT} && ${clear} && tar -xf -`, {
      what: 'Copying the checkout',
      deadlineMs: COPY_DEADLINE_MS * patience,
      stdin: tar,
    });
    if (copied.exitCode !== 0) throw new SetupError('The checkout did not arrive.', { tail: copied.output });
    const [commit] = git(['log', '-1', '--format=%h']);
    return options.takesHead || git(['status', '--porcelain']).length === 0
      ? `commit ${commit}`
      : `commit ${commit} with changes`;
  } finally {
    rmSync(tar, { force: true });
  }
}

/** @param {string} tar */
function packWorkingTree(tar) {
  const names = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: PATHS.root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  }).stdout.split('\0');
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
  const { stdout } = spawnSync('git', args, { cwd: PATHS.root, encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean);
}

const NODE_TAG = `import('./setup/images/plan.mjs').then((plan) => console.log(plan.planImages(process.cwd()).nodeTag))`;

/**
 * Building the images takes an emulated machine far longer than everything else. Where the engine of this machine has
 * them already, they are handed over, and set-up finds them under their hash as after an earlier start.
 * @param {import('./steps.mjs').StepContext} context
 * @returns {Promise<string>}
 */
export async function copyImages({ shell, patience, options, signal, step }) {
  if (options.buildsImages) return 'are built in the machine';
  const asked = await shell.run('kim', `cd ${CHECKOUT} && node -e "${NODE_TAG}"`, {
    what: 'Asking for the name of the node image',
    deadlineMs: 20_000 * patience,
  });
  const tag = asked.output.at(-1) ?? '';
  if (spawnSync('docker', ['image', 'inspect', tag], { stdio: 'ignore' }).status !== 0) {
    return 'are built in the machine: this one does not have them';
  }
  const tar = path.join(ownTemporaryDir(), 'node-image.tar');
  try {
    step.detail(`packing ${tag}`);
    await runCommand('docker', ['save', '-o', tar, tag], {
      what: `Packing ${tag}`,
      signal,
      deadlineMs: SAVE_DEADLINE_MS,
    });
    step.detail(`unpacking ${tag}`);
    const loaded = await shell.run('kim', 'docker load', {
      what: `Loading ${tag}`,
      deadlineMs: 120_000 * patience,
      stdin: tar,
    });
    if (loaded.exitCode !== 0) throw new SetupError(`${tag} did not arrive.`, { tail: loaded.output });
    return `${tag}, built on this machine`;
  } finally {
    rmSync(tar, { force: true });
  }
}
