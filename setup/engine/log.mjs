import { copyFileSync, readFileSync, statSync, truncateSync } from 'node:fs';

const LOG_MAX_BYTES = 8 * 2 ** 20;

/**
 * Keeps the log of a running engine from growing without end: one older part stays beside it. The engine appends,
 * so it goes on at the new end.
 * @param {string} file
 * @param {number} [maxBytes]
 */
export function boundLog(file, maxBytes = LOG_MAX_BYTES) {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= maxBytes) return;
  copyFileSync(file, `${file}.1`);
  truncateSync(file, 0);
}

/**
 * @param {string} file
 * @param {number} count
 * @returns {string[]}
 */
export function lastLines(file, count) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
  } catch {
    return [];
  }
}
