/** Longer pastes are refused: they would run for minutes and can't be what was meant. */
export const MAX_PASTE_CHARS = 1024 * 1024;

/**
 * Text from the clipboard without control characters. xterm.js 6.0 passes ESC on, so a copied text could end the
 * bracketed paste and have its rest executed (fixed upstream by #5716, after 6.0.0).
 */
export function safePaste(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point.
  return text.replaceAll('\r\n', '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '');
}

/** Whether pasting would run something at once: an Enter in the text, and a shell that takes each as typed. */
export function pasteRunsCommands(text: string, state: { takesPaste: boolean; isRunning: boolean }): boolean {
  return /[\r\n]/.test(text) && !state.takesPaste && !state.isRunning;
}
