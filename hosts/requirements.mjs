import { installHint } from '../setup/apt.mjs';
import { findProgram } from '../setup/programs.mjs';
import { SetupError } from '../setup/setup-error.mjs';

/** Program → Debian package. */
const NEEDED = {
  'qemu-system-x86_64': 'qemu-system-x86',
  mmdebstrap: 'mmdebstrap',
  'mkfs.ext4': 'e2fsprogs',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  tar: 'tar',
  git: 'git',
};

/**
 * @param {{ buildsImage: boolean }} work
 * @throws {SetupError} that says what to install
 */
export function checkRequirements({ buildsImage }) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(`The machine is made on Linux x64; this is ${process.platform} ${process.arch}.`);
  }
  const missing = Object.entries(NEEDED).filter(([program]) => !findProgram(program));
  if (missing.length > 0) {
    throw new SetupError(`Missing: ${missing.map(([program]) => program).join(', ')}.`, {
      todo: `Install: ${installHint([...new Set(missing.map(([, name]) => name))])}`,
    });
  }
  if (buildsImage && process.getuid?.() !== 0) {
    throw new SetupError('Making the disk of the machine takes root (mmdebstrap sets owners and devices).', {
      todo: 'Run it once as root; afterwards anybody who may read .data/hosts can run the machine.',
    });
  }
}
