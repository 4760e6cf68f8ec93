import type { Terminal } from '@xterm/headless';

const MOUSE_ENCODINGS = [1005, 1006, 1015, 1016];
const MAX_TITLE_CHARS = 200;

/**
 * Terminal state that addon-serialize 0.14 leaves out: mouse encoding, hidden cursor, cursor style and title.
 * Remove what a later version restores by itself; `screen.test.ts` shows each.
 */
export class UnserializedModes {
  #mouseEncoding: number | null = null;
  #isCursorHidden = false;
  #cursorStyle = 0;
  #title = '';

  constructor(terminal: Terminal) {
    const { parser } = terminal;
    parser.registerCsiHandler({ prefix: '?', final: 'h' }, (params) => this.#setModes(params, true));
    parser.registerCsiHandler({ prefix: '?', final: 'l' }, (params) => this.#setModes(params, false));
    parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, ([style]) => {
      this.#cursorStyle = typeof style === 'number' && style <= 6 ? style : 0;
      return false;
    });
    parser.registerCsiHandler({ intermediates: '!', final: 'p' }, () => this.#reset());
    parser.registerEscHandler({ final: 'c' }, () => this.#reset());
    terminal.onTitleChange((title) => {
      this.#title = printable(title);
    });
  }

  /** Sequences that bring a freshly reset terminal to this state. */
  serialize(): string {
    const mouse = this.#mouseEncoding === null ? '' : `\x1b[?${this.#mouseEncoding}h`;
    const cursor = this.#isCursorHidden ? '\x1b[?25l' : '';
    const style = this.#cursorStyle === 0 ? '' : `\x1b[${this.#cursorStyle} q`;
    const title = this.#title === '' ? '' : `\x1b]2;${this.#title}\x07`;
    return mouse + cursor + style + title;
  }

  #setModes(params: (number | number[])[], isOn: boolean): boolean {
    for (const mode of params) {
      if (mode === 25) this.#isCursorHidden = !isOn;
      else if (typeof mode === 'number' && MOUSE_ENCODINGS.includes(mode)) {
        if (isOn) this.#mouseEncoding = mode;
        else if (this.#mouseEncoding === mode) this.#mouseEncoding = null;
      }
    }
    return false;
  }

  #reset(): boolean {
    this.#mouseEncoding = null;
    this.#isCursorHidden = false;
    this.#cursorStyle = 0;
    return false;
  }
}

function printable(title: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point.
  return title.replace(/[\u0000-\u001f\u007f-\u009f]/g, '').slice(0, MAX_TITLE_CHARS);
}
