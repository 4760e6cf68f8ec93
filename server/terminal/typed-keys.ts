/** What a terminal reports by itself when a program has asked for it, after ESC: focus gained and lost, the mouse. */
const REPORT = /^\[(?:[IO]|<\d{1,4};\d{1,4};\d{1,4}[Mm]|M[\s\S]{3})$/;
const ESC = '\x1b';
const LONGEST_REPORTS_BYTES = 256;

/** Whether these bytes of a page are keys or a paste. */
export function isTyping(bytes: Uint8Array): boolean {
  if (bytes.length > LONGEST_REPORTS_BYTES || bytes[0] !== 0x1b) return true;
  const [, ...sequences] = Buffer.from(bytes).toString('latin1').split(ESC);
  return !sequences.every((sequence) => REPORT.test(sequence));
}
