import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Places that are often missing from the PATH of a user who is not root. */
const EXTRA_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin'];

/**
 * @param {string} name
 * @returns {string | undefined} absolute path of a program
 */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean), ...EXTRA_FOLDERS];
  return folders.map((folder) => path.join(folder, name)).find(isProgram);
}

/** @param {string} file */
export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
