import type { StartTimes } from './lab-run.ts';

/** How long learners wait for each exercise's start: a fresh lab, then what "prepare this exercise" adds. */
export function startTable(starts: ReadonlyMap<string, readonly StartTimes[]>): string {
  const rows = [...starts]
    .sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
    .map(([id, times]) => {
      const created = median(times.map((time) => time.created));
      const rebuilt = median(times.map((time) => time.rebuilt));
      const worst = Math.max(...times.map((time) => time.created + time.rebuilt));
      return [
        id,
        seconds(created),
        seconds(rebuilt),
        seconds(created + rebuilt),
        seconds(worst),
        `${times.length}`,
      ];
    });
  if (rows.length === 0) return '';
  const table = [['start of', 'lab', 'prepare', 'sum', 'longest', 'n'], ...rows];
  const widths = (table[0] ?? []).map((_head, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}\n`;
  return table.map(line).join('');
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
