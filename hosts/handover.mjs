import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '../setup/setup-error.mjs';
import { PLACES } from './places.mjs';

/** Where the machine has it. */
export const HANDOVER = '/mnt/handover';

/** Certificates that this machine trusts, of a company's proxy for instance: what it reaches, the machine reaches. */
const TRUSTED = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Files go in through a folder that both see: by ssh they would take an emulated machine many minutes.
 * @param {import('./steps.mjs').StepContext} context
 * @param {string} name of the file
 * @param {object} options
 * @param {(file: string) => Promise<void>} options.make
 * @param {string} options.take command for kim, that finds the file in $FILE
 * @param {number} options.deadlineMs
 */
export async function handOver({ shell, patience }, name, { make, take, deadlineMs }) {
  mkdirSync(PLACES.handover, { recursive: true });
  const file = path.join(PLACES.handover, name);
  try {
    await make(file);
    chmodSync(file, 0o644); // kim reads it as one who is neither owner nor root
    await mountHandover(shell, patience);
    const taken = await shell.run('kim', `set -e; FILE=${HANDOVER}/${name}; ${take}`, {
      what: `Unpacking ${name} in the machine`,
      deadlineMs: deadlineMs * patience,
      log: `handover-${name}`,
    });
    if (taken.exitCode !== 0) throw new SetupError(`${name} did not arrive.`, { tail: taken.output });
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * @param {import('./shell.mjs').Shell} shell
 * @param {number} patience
 */
export async function mountHandover(shell, patience) {
  const options = 'trans=virtio,version=9p2000.L,msize=512000,ro';
  const command = `mountpoint -q ${HANDOVER} || { mkdir -p ${HANDOVER} && mount -t 9p -o ${options} handover ${HANDOVER}; }`;
  const mounted = await shell.run('root', command, {
    what: 'Mounting the shared folder',
    deadlineMs: 20_000 * patience,
  });
  if (mounted.exitCode !== 0)
    throw new SetupError('The shared folder can’t be mounted.', { tail: mounted.output });
}

/**
 * @param {import('./steps.mjs').StepContext} context
 * @returns {Promise<void>}
 */
export async function handOverTrust(context) {
  if (!existsSync(TRUSTED)) return;
  await handOver(context, 'trusted.crt', {
    make: async (file) => copyFileSync(TRUSTED, file),
    take: 'cp "$FILE" /tmp/trusted.crt',
    deadlineMs: 10_000,
  });
  await context.shell.run(
    'root',
    `cat /tmp/trusted.crt >${TRUSTED}; echo NODE_EXTRA_CA_CERTS=${TRUSTED} >>/etc/environment`,
    { what: 'Trusting what this machine trusts', deadlineMs: 10_000 * context.patience },
  );
}
