import { TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';

/** Anything but tab and line feed could act on the terminal or end the paste early. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point.
const FORBIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** Text of a "run in terminal" block as it may be typed, or `null` when it can't be typed safely. */
export function runnableText(text: string): string | null {
  const lines = text.replaceAll('\r\n', '\n').replace(/\n+$/, '');
  if (lines.trim() === '' || FORBIDDEN.test(lines)) return null;
  return Buffer.byteLength(lines) <= TERMINAL_LIMITS.maxRunBytes ? lines : null;
}

/**
 * Keys that put `text` on an empty line and press Enter: end of line, kill line, paste, Enter. In a bracketed paste
 * the shell takes several lines as one, so a command among them that reads input gets the learner's typing.
 * `null` when the text has several lines and the shell would take them one by one.
 */
export function runKeys(text: string, takesPaste: boolean): string | null {
  if (takesPaste) return `\x05\x15\x1b[200~${text}\x1b[201~\r`;
  return text.includes('\n') ? null : `\x05\x15${text}\r`;
}
