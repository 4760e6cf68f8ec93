import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** They are copied into the home of every node: applications of the lessons, not data. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_ENTRIES = 500;
const MAX_DEPTH = 10;

/**
 * What is wrong with a lab's folder of files, in a sentence; `null` for nothing. Labs of the same application share
 * files by links, but none may lead out of `labs/`: what is behind it would end in the learners' homes.
 */
export async function filesProblem(labsFolder: string, folder: string): Promise<string | null> {
  const root = (await realpath(labsFolder)) + sep;
  let bytes = 0;
  let entries = 0;
  const look = async (path: string, depth: number): Promise<string | null> => {
    entries += 1;
    const target = await realpath(path).catch(() => null);
    if (target === null) return 'has a link that leads nowhere, or in a circle.';
    if (!target.startsWith(root)) return 'has a link that leads out of the labs.';
    if (depth > MAX_DEPTH) return `is deeper than ${MAX_DEPTH} folders, or a link in it leads back.`;
    const found = await stat(target);
    if (found.isFile()) bytes += found.size;
    if (bytes > MAX_BYTES) return `is larger than ${MAX_BYTES / 1024 / 1024} MiB.`;
    if (entries > MAX_ENTRIES) return `has more than ${MAX_ENTRIES} entries.`;
    if (!found.isDirectory()) return null;
    for (const name of await readdir(target)) {
      const problem = await look(join(path, name), depth + 1);
      if (problem !== null) return problem;
    }
    return null;
  };
  return look(folder, 0);
}
