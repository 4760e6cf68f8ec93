import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { LabNodeRef, LabShell } from '../../ports.ts';

const run = promisify(execFile);

/** The marks that the node image's shell prints around its prompt. */
const BASH_RC = String.raw`
PS0='\e]133;C\e\\'
PROMPT_COMMAND='printf "\e]133;D;%s\e\\" "$?"'
PS1='\[\e]133;A\e\\\]ready$ \[\e]133;B\e\\\]'
HISTFILE=
`;

/** Shells of this machine in a folder of their own: what a lab node does, without the node. */
export class LocalLabShell implements LabShell {
  readonly folder = mkdtempSync(join(tmpdir(), 'lab-shell-'));
  readonly node: LabNodeRef = {
    name: 'node1',
    containerId: 'local',
    engineSocket: '/nonexistent',
    terminalFolder: this.folder,
  } as LabNodeRef;

  constructor() {
    writeFileSync(join(this.folder, 'bashrc'), BASH_RC);
  }

  async start(_node: LabNodeRef, id: string, size: { cols: number; rows: number }): Promise<void> {
    const started = join(this.folder, `${id}.started`);
    const script = `stty rows ${size.rows} cols ${size.cols} iutf8; : >${started}; exec bash --rcfile ${this.folder}/bashrc -i`;
    const env = {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      HOME: this.folder,
    };
    await run('dtach', ['-n', this.#socket(id), '-E', '-z', '-r', 'winch', 'bash', '-c', script], { env });
    // As on a lab node, the shell has its size before anybody attaches: else it would undo the attachment's.
    for (let waitedMs = 0; !existsSync(started); waitedMs += 5) {
      if (waitedMs > 5000) throw new Error('shell did not start');
      await delay(5);
    }
  }

  attachCommand(_node: LabNodeRef, id: string): { file: string; args: readonly string[] } {
    return { file: 'dtach', args: ['-a', this.#socket(id), '-E', '-z', '-r', 'winch'] };
  }

  async stop(_node: LabNodeRef, id: string): Promise<void> {
    await run('pkill', ['-KILL', '-f', `dtach -n ${this.#socket(id)}`]).catch(() => {});
    rmSync(this.#socket(id), { force: true });
  }

  async list(): Promise<string[]> {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.sock'))
      .map((name) => name.slice(0, -'.sock'.length));
  }

  async run(): Promise<{ exitCode: number; output: string }> {
    throw new Error('not needed here');
  }

  async dispose(): Promise<void> {
    for (const id of await this.list()) await this.stop(this.node, id);
    rmSync(this.folder, { recursive: true, force: true });
  }

  #socket(id: string): string {
    return join(this.folder, `${id}.sock`);
  }
}
