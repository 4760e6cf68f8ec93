import papa from 'papaparse';
import { type NameFault, nameKey, readName } from '#contract/class-names.ts';

/** What the name column may be called; the first column counts where there is none. */
const NAME_HEADERS = new Set(
  ['name', 'names', 'learner', 'student', '이름', '성명', '학생', '학습자', '수강생'].map(nameKey),
);

export interface RosterLine {
  /** From 1, as an editor counts them. */
  readonly line: number;
  readonly name: string;
  /** `twice` is no reason to leave it out: names are told apart by a number. */
  readonly fault: NameFault | 'twice' | null;
}

/**
 * UTF-8 with or without its mark, UTF-16 with one, else CP949, in which Excel saves where Korean is spoken (the
 * platform calls it `euc-kr`). @returns `null` for what is none of these
 */
export function decodeRoster(bytes: Uint8Array<ArrayBuffer>): string | null {
  const mark = [bytes[0], bytes[1]].join();
  const labels = mark === '255,254' ? ['utf-16le'] : mark === '254,255' ? ['utf-16be'] : ['utf-8', 'euc-kr'];
  for (const label of labels) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // The next one may fit.
    }
  }
  return null;
}

/** @param taken names that the class has already */
export function readRoster(text: string, taken: readonly string[] = []): RosterLine[] {
  const rows = rowsOf(text.replace(/^\ufeff/, ''));
  const column = rows[0]?.cells.findIndex((cell) => NAME_HEADERS.has(nameKey(cell))) ?? -1;
  const seen = new Set(taken.map(nameKey));
  return rows.slice(column >= 0 ? 1 : 0).map(({ line, cells }) => {
    const cell = withoutApostrophe(cells[Math.max(column, 0)] ?? '');
    const read = readName(cell);
    if ('fault' in read) return { line, name: cell.trim(), fault: read.fault };
    const isTwice = seen.has(nameKey(read.name));
    seen.add(nameKey(read.name));
    return { line, name: read.name, fault: isTwice ? 'twice' : null };
  });
}

export const isImportable = ({ fault }: RosterLine): boolean => fault === null || fault === 'twice';

function rowsOf(text: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let from = 0;
  papa.parse<string[]>(text, {
    delimitersToGuess: [',', ';', '\t'],
    step: ({ data, meta }) => {
      const line = linesBefore(text, from) + 1;
      from = meta.cursor;
      if (data.some((cell) => cell.trim() !== '')) rows.push({ line, cells: data });
    },
  });
  return rows;
}

/** Quoted cells may hold line breaks: rows are not lines. */
function linesBefore(text: string, end: number): number {
  return text.slice(0, end).match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** Our own export puts one before what a spreadsheet would take for a formula. */
function withoutApostrophe(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
