import papa from 'papaparse';

type Rows = readonly (readonly (string | number | null)[])[];

/** What a spreadsheet would take for a formula gets an apostrophe in front, which it takes for text. */
const FORMULA = /^[=+\-@\t\r]/;
const BYTE_ORDER_MARK = '\ufeff';

/** RFC 4180, with the mark by which Excel knows UTF-8. */
export function csvText(rows: Rows): string {
  return BYTE_ORDER_MARK + csvRows(rows);
}

/** More rows below those of `csvText`. */
export function csvRows(rows: Rows): string {
  const text = papa.unparse(
    rows.map((row) => row.map((cell) => cell ?? '')),
    { newline: '\r\n', escapeFormulae: FORMULA },
  );
  return `${text}\r\n`;
}
