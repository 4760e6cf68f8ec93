import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

const SKIPPED = new Set(['node_modules', '.git', '.data', '.astro', 'dist']);

/**
 * Hash of the contents, names and executable bits of files and folders; what does not exist counts as absent.
 * @param {string} root
 * @param {string[]} entries paths below root
 * @param {{ ignore?: (relativePath: string) => boolean }} [options]
 * @returns {string} 64 hex digits
 */
export function fingerprint(root, entries, { ignore = () => false } = {}) {
  const hash = createHash('sha256');
  for (const entry of [...entries].sort()) addEntry(hash, root, entry, ignore);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} root
 * @param {string} entry
 * @param {(relativePath: string) => boolean} ignore
 */
function addEntry(hash, root, entry, ignore) {
  if (SKIPPED.has(path.basename(entry)) || ignore(entry)) return;
  const file = path.join(root, entry);
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat) {
    hash.update(`absent ${entry}\0`);
  } else if (stat.isDirectory()) {
    for (const name of readdirSync(file).sort()) addEntry(hash, root, path.posix.join(entry, name), ignore);
  } else if (stat.isSymbolicLink()) {
    hash.update(`link ${entry}\0${readlinkSync(file)}\0`);
  } else if (stat.isFile()) {
    const content = readFileSync(file);
    hash.update(`file ${entry}\0${stat.mode & 0o111 ? 'x' : '-'}${content.length}\0`).update(content);
  }
}
