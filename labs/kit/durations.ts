/** Docker stores durations in nanoseconds. */
export const SECOND_NS = 1_000_000_000;

/** `2s`, `1m30s`, `500ms`: as a Compose file writes it. */
export function durationText(durationNs: number): string {
  if (durationNs < SECOND_NS) return `${durationNs / 1e6}ms`;
  const minutes = Math.floor(durationNs / SECOND_NS / 60);
  const seconds = durationNs / SECOND_NS - minutes * 60;
  if (minutes === 0) return `${seconds}s`;
  return seconds === 0 ? `${minutes}m` : `${minutes}m${seconds}s`;
}

export const MEBIBYTE = 1024 * 1024;

/** `75M`: as a Compose file writes it. */
export function memoryText(bytes: number): string {
  return `${Math.round((bytes / MEBIBYTE) * 100) / 100}M`;
}

export function cpusText(nanoCpus: number): string {
  return (nanoCpus / 1e9).toFixed(2);
}
