import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const OTHERS_ENTER = 0o001;

/** The topmost folder on the way to each path that a user without rights can't enter; each once. */
export async function blockedFolders(paths: readonly string[]): Promise<string[]> {
  const blocked = new Set<string>();
  for (const path of paths) {
    for (const folder of waysTo(path)) {
      if (((await stat(folder)).mode & OTHERS_ENTER) !== 0) continue;
      blocked.add(folder);
      break;
    }
  }
  return [...blocked];
}

/** From `/` down, without the path itself. */
function waysTo(path: string): string[] {
  const ways: string[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    ways.unshift(folder);
    if (folder === dirname(folder)) return ways;
  }
}
