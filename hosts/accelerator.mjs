import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { endGroup } from '../setup/process-group.mjs';

const PROBE_DEADLINE_MS = 20_000;

/**
 * @typedef {object} Accelerator
 * @property {'kvm' | 'tcg'} name
 * @property {string[]} flags
 * @property {number} patience factor on every deadline
 */

/** @type {Accelerator} */
const KVM = { name: 'kvm', flags: ['-accel', 'kvm', '-cpu', 'host'], patience: 1 };

/** @type {Accelerator} */
const TCG = {
  name: 'tcg',
  flags: ['-accel', 'tcg,thread=multi,tb-size=1024', '-cpu', 'max'],
  patience: 12,
};

/**
 * KVM where it runs this kernel. That /dev/kvm can be opened says little: in some cloud machines it is there and
 * fails at the first instruction that it would have to emulate.
 * @param {string} kernel
 */
export async function chooseAccelerator(kernel) {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
  } catch {
    return TCG;
  }
  return (await bootsWithKvm(kernel)) ? KVM : TCG;
}

/**
 * @param {string} kernel
 * @returns {Promise<boolean>} whether the kernel says its first line
 */
function bootsWithKvm(kernel) {
  return new Promise((resolve) => {
    const machine = ['-nodefaults', '-display', 'none', '-no-reboot', '-m', '512', '-serial', 'stdio'];
    const boot = ['-kernel', kernel, '-append', 'console=ttyS0 panic=-1'];
    const child = spawn('qemu-system-x86_64', [...KVM.flags, ...machine, ...boot], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let seen = '';
    /** @param {boolean} answer */
    const settle = (answer) => {
      clearTimeout(timer);
      if (child.pid) void endGroup(child.pid, 0);
      resolve(answer);
    };
    const timer = setTimeout(settle, PROBE_DEADLINE_MS, false);
    /** @param {Buffer} chunk */
    const look = (chunk) => {
      seen = (seen + chunk).slice(-4000);
      if (seen.includes('Linux version')) settle(true);
      else if (seen.includes('KVM internal error')) settle(false);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('error', () => settle(false));
    child.once('exit', () => settle(seen.includes('Linux version')));
  });
}
