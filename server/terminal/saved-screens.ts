import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LabNodeName, LabSessionId, TerminalId } from '#contract/ids.ts';

/** What is older belongs to no restart that anybody waits for. */
const MAX_AGE_MS = 60 * 60_000;
const MAX_FILE_BYTES = 8 * 1024 * 1024;

const SavedTerminal = z.strictObject({
  id: TerminalId,
  labSessionId: LabSessionId,
  node: LabNodeName,
  number: z.int().min(1),
  screen: z.strictObject({
    cols: z.int(),
    rows: z.int(),
    shell: z.enum(['prompt', 'running', 'unknown']),
    exitCode: z.number().nullable(),
    snapshot: z.string(),
  }),
});
export type SavedTerminal = z.infer<typeof SavedTerminal>;

/**
 * Screens of terminals for the time between the server's going down and coming up. They hold what the learner saw,
 * so only the owner may read them, and each is deleted when it is read, or on the next start at the latest.
 */
export class SavedScreens {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async save(terminal: SavedTerminal): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = this.#pathOf(terminal.id);
    await rm(path, { force: true });
    await writeFile(path, JSON.stringify(terminal), { mode: 0o600, flag: 'wx' });
  }

  /** Reads and deletes; `null` when there is none, or it is too old or damaged: the shell goes on without it. */
  async take(id: TerminalId): Promise<SavedTerminal | null> {
    const path = this.#pathOf(id);
    try {
      const { mtimeMs, size } = await stat(path);
      const isUsable = Date.now() - mtimeMs < MAX_AGE_MS && size <= MAX_FILE_BYTES;
      return isUsable ? SavedTerminal.parse(JSON.parse(await readFile(path, 'utf8'))) : null;
    } catch {
      return null;
    } finally {
      await rm(path, { force: true });
    }
  }

  async discardAll(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    await Promise.all(
      names
        .filter((name) => name.endsWith('.json'))
        .map((name) => rm(join(this.#folder, name), { force: true })),
    );
  }

  #pathOf(id: TerminalId): string {
    return join(this.#folder, `${id}.json`);
  }
}
