const MAX_TITLE_CHARS = 100;

/** A window title that a program chose, without control characters and marks that reorder text. */
export function printableTitle(title: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point.
  const hidden = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  return title.replace(hidden, '').slice(0, MAX_TITLE_CHARS);
}
