import { signal } from '@preact/signals';
import { TicketResponse } from '#contract/api.ts';
import type { TerminalId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';
import { request } from '../../api-client/request.ts';
import { DeckTerminal } from '../../lab-pane/deck-terminal.ts';
import { retryOnce } from '../../lab-pane/retry-once.ts';

/** The watcher's side of each terminal, made when it is first shown. */
export class WatchedTerminals {
  readonly loadFailed = signal(false);
  readonly #ticketPath: (terminal: string) => string;
  readonly #language: Language;
  readonly #terminals = new Map<TerminalId, DeckTerminal>();

  constructor(ticketPath: (terminal: string) => string, language: Language) {
    this.#ticketPath = ticketPath;
    this.#language = language;
  }

  of(id: TerminalId): DeckTerminal {
    const known = this.#terminals.get(id);
    if (known) return known;
    const made = new DeckTerminal();
    this.#terminals.set(id, made);
    return made;
  }

  async show(id: TerminalId, element: HTMLElement): Promise<void> {
    const terminal = this.of(id);
    if (terminal.handle !== null) return;
    try {
      const { TerminalSession } = await retryOnce(() => import('../../terminal/terminal-session.ts'));
      if (!element.isConnected || terminal.handle !== null) return;
      terminal.handle = new TerminalSession({
        terminalId: id,
        language: this.#language,
        openTicket: async () => {
          const path = this.#ticketPath(id);
          return (await request(TicketResponse, { method: 'POST', path })).ticket;
        },
        ...terminal.reports,
      });
      terminal.handle.attach(element);
    } catch {
      this.loadFailed.value = true;
    }
  }

  /** Lets go of those that are no longer in the lab. */
  keepOnly(ids: readonly TerminalId[]): void {
    for (const [id, terminal] of this.#terminals) {
      if (ids.includes(id)) continue;
      terminal.rest();
      this.#terminals.delete(id);
    }
  }
}
