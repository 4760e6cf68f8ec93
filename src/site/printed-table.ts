export interface Piece {
  readonly text: string;
  /** A narrow place can do without this column. */
  readonly isMinor: boolean;
}

export interface PrintedTable {
  readonly lines: readonly (readonly Piece[])[];
  readonly isWide: boolean;
}

interface Column {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const GAP = 3;
const SHORT_ID_LENGTH = 12;
/** More characters than fit beside the lab. */
const WIDE_FROM_LENGTH = 85;
/** Node IDs are not shortened by Docker, and push the columns that matter out of a narrow place. */
const NODE_ID = /^([a-z0-9]{7})[a-z0-9]{18}(?= \*|$)/;
/** Global tasks are named after their node's ID, which makes the name the widest column of all. */
const NODE_ID_IN_NAME = /(\.[a-z0-9]{4})[a-z0-9]{21}$/;

/**
 * A list of tasks, services or nodes as Docker prints it, or `undefined` for any other output. What a lesson speaks of stands
 * at its right end, so short IDs, versions, and the node where there is only one, are marked as columns that may be left out.
 */
export function printedTable(text: string): PrintedTable | undefined {
  const [header = '', ...rows] = text.trimEnd().split('\n');
  if (!/^ID {3,}(HOST)?NAME {3,}/.test(header)) return undefined;
  const columns = columnsOf(header);
  const minor = new Set(columns.filter((column) => isMinor(column, rows)));
  const listsNodes = columns.some(({ name }) => name === 'HOSTNAME');
  const cells = [header, ...rows].map((line) =>
    columns.map((column) => (listsNodes ? shortenedId(column, line) : shortenedName(column, line))),
  );
  const widths = columns.map(({ name, start, end }, index) =>
    name === (listsNodes ? 'ID' : 'NAME')
      ? Math.max(...cells.map((row) => row[index]?.trimEnd().length ?? 0)) + GAP
      : end - start,
  );
  const lines = cells.map((row) => {
    const last = row.findLastIndex((cell) => cell.trim() !== '');
    return row.slice(0, last + 1).map((cell, index) => ({
      text: index === last ? cell.trimEnd() : cell.trimEnd().padEnd(widths[index] ?? 0),
      isMinor: minor.has(columns[index] as Column),
    }));
  });
  return { lines, isWide: text.split('\n').some((line) => line.length > WIDE_FROM_LENGTH) };
}

function columnsOf(header: string): Column[] {
  const names = [...header.matchAll(/\S+(?: \S+)*/g)];
  return names.map((match, index) => ({
    name: match[0],
    start: match.index,
    end: names[index + 1]?.index ?? Number.POSITIVE_INFINITY,
  }));
}

function isMinor({ name, start, end }: Column, rows: readonly string[]): boolean {
  if (name === 'ENGINE VERSION') return true;
  if (name === 'ID') return end - start === SHORT_ID_LENGTH + GAP;
  return name === 'NODE' && new Set(rows.map((row) => row.slice(start, end).trim())).size <= 1;
}

function shortenedId({ name, start, end }: Column, line: string): string {
  const cell = line.slice(start, end);
  return name === 'ID' ? cell.trimEnd().replace(NODE_ID, '$1…') : cell;
}

function shortenedName({ name, start, end }: Column, line: string): string {
  const cell = line.slice(start, end);
  return name === 'NAME' ? cell.trimEnd().replace(NODE_ID_IN_NAME, '$1…') : cell;
}
