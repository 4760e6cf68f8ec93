import fs from 'node:fs';
import path from 'node:path';

/**
 * @param {string} dir may not exist yet, or not be readable: then the nearest folder above counts
 * @returns {number | undefined} bytes that this user can still write there
 */
export function freeBytes(dir) {
  if (!fs.statfsSync) return undefined; // Node before 18.15
  for (let current = path.resolve(dir); ; current = path.dirname(current)) {
    try {
      const { bavail, bsize } = fs.statfsSync(current);
      return bavail * bsize;
    } catch {
      if (current === path.dirname(current)) return undefined;
    }
  }
}
