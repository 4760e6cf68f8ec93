import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endGroup } from '../setup/process-group.mjs';
import { noteChild } from '../setup/runs.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { connect } from './connection.mjs';
import { PLACES } from './places.mjs';

const CPUS = 2;
const MEMORY_MIB = 6144;
const BOOT_DEADLINE_MS = 60_000;
const POWER_OFF_MS = 3000;
const TAIL_LINES = 15;

/**
 * @typedef {object} Machine
 * @property {import('./connection.mjs').Address} address
 * @property {number} pid
 * @property {import('./accelerator.mjs').Accelerator} accelerator
 * @property {() => Promise<void>} stop
 */

/**
 * Boots the disk. What the machine writes goes to a file that is gone with it.
 * @param {import('./disk-image.mjs').DiskImage} image
 * @param {import('./accelerator.mjs').Accelerator} accelerator
 * @param {AbortSignal} signal
 * @returns {Promise<Machine>}
 */
export async function startMachine(image, accelerator, signal) {
  mkdirSync(PLACES.logs, { recursive: true });
  const dir = mkdtempSync(path.join(tmpdir(), 'rl-vm-')); // short: it holds sockets
  const address = { port: await freePort(), keyFile: path.join(dir, 'key'), controlDir: dir };
  const key = makeKey(address.keyFile);
  mkdirSync(PLACES.handover, { recursive: true });
  const { child, hasEnded } = startQemu(image, accelerator, { port: address.port, key });
  const pid = child.pid ?? 0;
  const forget = pid ? noteChild(pid) : () => {};
  /** @type {(() => void)[]} */
  const hangUps = [];
  const stop = async () => {
    for (const hangUp of hangUps) hangUp();
    if (pid) await endGroup(pid, POWER_OFF_MS);
    forget();
    for (const folder of [dir, PLACES.handover]) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const options = {
      deadlineMs: BOOT_DEADLINE_MS * accelerator.patience,
      signal,
      machineIsAlive: () => !hasEnded(),
    };
    for (const user of ['kim', 'root']) hangUps.push(await connect(address, user, options));
    return { address, pid, accelerator, stop };
  } catch (error) {
    await stop();
    if (!(error instanceof SetupError)) throw error;
    throw new SetupError(error.message, {
      todo: `Its console is in ${PLACES.logs}/console.log, QEMU's words in qemu.log.`,
      tail: [...lastLines('qemu.log'), ...lastLines('console.log')],
    });
  }
}

/**
 * @param {import('./disk-image.mjs').DiskImage} image
 * @param {import('./accelerator.mjs').Accelerator} accelerator
 * @param {{ port: number, key: string }} way
 */
function startQemu({ disk, kernel, initrd }, { flags }, { port, key }) {
  const credential = `io.systemd.credential.binary:ssh.authorized_keys.root=${Buffer.from(key).toString('base64')}`;
  const log = openSync(path.join(PLACES.logs, 'qemu.log'), 'w');
  // biome-ignore format: a flag and its value belong together
  const args = [
    '-n', '10', 'qemu-system-x86_64', '-nodefaults', '-no-user-config', '-machine', 'q35', ...flags,
    '-smp', String(CPUS), '-m', String(MEMORY_MIB), '-display', 'none', '-no-reboot',
    '-kernel', kernel, '-initrd', initrd, '-append', 'root=/dev/vda rw console=ttyS0 panic=-1',
    '-drive', `file=${disk.replaceAll(",", ",,")},if=virtio,format=raw,snapshot=on,cache=unsafe`,
    '-nic', `user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:${port}-:22`,
    '-device', 'virtio-rng-pci', '-serial', `file:${path.join(PLACES.logs, 'console.log')}`,
    '-virtfs', `local,path=${PLACES.handover.replaceAll(',', ',,')},mount_tag=handover,security_model=none,readonly=on`,
    '-smbios', `type=11,value=${credential}`,
  ];
  const child = spawn('nice', args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, TMPDIR: path.dirname(disk) },
  });
  closeSync(log);
  let ended = false;
  for (const event of ['error', 'exit']) child.once(event, () => (ended = true));
  return { child, hasEnded: () => ended };
}

/** @param {string} keyFile */
function makeKey(keyFile) {
  const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', keyFile]);
  if (made.status !== 0) throw new SetupError(`ssh-keygen failed: ${made.stderr}`);
  return readFileSync(`${keyFile}.pub`, 'utf8');
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** @param {string} name */
function lastLines(name) {
  try {
    return readFileSync(path.join(PLACES.logs, name), 'utf8').trimEnd().split('\n').slice(-TAIL_LINES);
  } catch {
    return [];
  }
}
