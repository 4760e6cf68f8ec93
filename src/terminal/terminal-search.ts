import type { SearchAddon } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import { SEARCH_COLOURS } from './themes.ts';

/** Search in a terminal's history; its code is loaded with the first search. */
export class TerminalSearch {
  readonly #terminal: Terminal;
  #addon: Promise<SearchAddon> | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Marks all matches and goes to the next one; `false` when there is none. An empty query ends the search. */
  async find(query: string, options: { back: boolean }): Promise<boolean> {
    if (query === '' && this.#addon === null) return true;
    this.#addon ??= this.#load();
    const addon = await this.#addon;
    if (query === '') {
      addon.clearDecorations();
      this.#terminal.clearSelection();
      return true;
    }
    const how = { decorations: SEARCH_COLOURS };
    return options.back ? addon.findPrevious(query, how) : addon.findNext(query, how);
  }

  async #load(): Promise<SearchAddon> {
    const { SearchAddon } = await import('@xterm/addon-search');
    const addon = new SearchAddon();
    this.#terminal.loadAddon(addon);
    return addon;
  }
}
