/** What a terminal reports by itself when a program has asked for it: focus gained and lost, and the mouse. */
const REPORTS = /^(?:\x1b\[[IO]|\x1b\[<\d{1,4};\d{1,4};\d{1,4}[Mm]|\x1b\[M[\s\S]{3})+$/;
const LONGEST_REPORT_BYTES = 256;

/** Whether these bytes of a page are keys or a paste. */
export function isTyping(bytes: Uint8Array): boolean {
  return bytes.length > LONGEST_REPORT_BYTES || !REPORTS.test(Buffer.from(bytes).toString('latin1'));
}
