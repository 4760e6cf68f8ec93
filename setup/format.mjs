/**
 * @param {number} ms
 * @returns {string} such as "84 ms", "3.2 s", "2 min 05 s"
 */
export function formatDuration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

const UNITS = /** @type {const} */ ([
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
]);

/**
 * @param {number} bytes
 * @returns {string} such as "1.5 GiB", "340 MiB"
 */
export function formatBytes(bytes) {
  for (const [unit, size] of UNITS) {
    if (bytes < size) continue;
    const value = bytes / size;
    return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
  }
  return `${bytes} B`;
}
