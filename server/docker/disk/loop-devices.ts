import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const DEADLINE_MS = 20_000;
/** Not ours: a login without the administrator's folders is no reason to do without a bound. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** @throws with the program's own words */
export async function runTool(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, [...args], {
    env: { PATH, LC_ALL: 'C' },
    timeout: DEADLINE_MS,
    maxBuffer: 1024 * 1024,
  });
  return stdout;
}

export interface LoopDevice {
  readonly name: string;
  /** Ends in ` (deleted)` where the file is gone. */
  readonly file: string;
}

export async function listLoopDevices(): Promise<LoopDevice[]> {
  const lines = (await runTool('losetup', ['--list', '--noheadings', '--raw', '-O', 'NAME,BACK-FILE'])).split(
    '\n',
  );
  return lines.flatMap((line) => {
    const [name, file] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
    // Raw output writes a space inside a value as \x20.
    return name.startsWith('/dev/') ? [{ name, file: file.replaceAll('\\x20', ' ').trim() }] : [];
  });
}

/** @returns the device's name */
export async function attachLoopDevice(file: string): Promise<string> {
  return (await runTool('losetup', ['--find', '--show', file])).trim();
}

/** Of a device that is mounted the kernel remembers the wish, and detaches it by itself at the unmount. */
export async function detachLoopDevice(name: string): Promise<void> {
  await runTool('losetup', ['--detach', name]).catch(() => {
    // It was not attached any more; whether one stays is what `listLoopDevices` says.
  });
}
