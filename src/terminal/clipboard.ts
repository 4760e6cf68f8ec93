import type { Terminal } from '@xterm/xterm';

/** Copies the selection and takes it away, so that the next Ctrl+C interrupts again. */
export async function copySelection(terminal: Terminal): Promise<void> {
  if (!terminal.hasSelection()) return;
  const text = terminal.getSelection();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without permission, or on a page that is not https: the old way works from a key press.
    document.execCommand('copy');
  }
  terminal.clearSelection();
}

/** Takes pastes into `host` before xterm does. */
export function onPaste(host: HTMLElement, take: (text: string) => void): void {
  host.addEventListener(
    'paste',
    (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      take(event.clipboardData?.getData('text/plain') ?? '');
    },
    { capture: true },
  );
}
