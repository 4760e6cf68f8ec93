import { computed, effect, type Signal, signal } from '@preact/signals';
import type { TerminalView } from '#contract/api.ts';
import type { TerminalId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';
import * as api from '../api-client/lab-api.ts';
import type { LabProblem } from '../api-client/lab-problem.ts';
import { type LabController, problemFrom } from './lab-controller.ts';
import type { PageTheme } from './page-theme.ts';
import type { OpenDialog } from './pane-parts.ts';
import type { PaneSettings } from './pane-settings.ts';
import type {
  LoadTerminal,
  RunOutcome,
  ShellState,
  TerminalHandle,
  TerminalStatus,
} from './terminal-handle.ts';
import { activeTab, neighbour, terminalTabs } from './terminal-tabs.ts';

/** A command that could not simply be run, and why. */
export interface RunOffer {
  readonly text: string;
  readonly reason: Exclude<RunOutcome, 'sent'> | 'noLab' | 'failed';
}

export interface DeckTerminal {
  readonly status: Signal<TerminalStatus>;
  readonly shell: Signal<ShellState>;
  readonly exitCode: Signal<number | null>;
  readonly title: Signal<string>;
  handle: TerminalHandle | null;
}

export interface DeckParts {
  readonly lab: LabController;
  readonly settings: PaneSettings;
  readonly theme: PageTheme;
  readonly language: Signal<Language>;
  readonly dialog: Signal<OpenDialog | null>;
  readonly loadTerminal: LoadTerminal;
}

/** The open terminals of the lab: one page-side terminal per shell, made when its tab is first shown. */
export class TerminalDeck {
  readonly opening = signal(false);
  readonly problem = signal<LabProblem | null>(null);
  readonly loadFailed = signal(false);
  readonly offer = signal<RunOffer | null>(null);
  readonly tabs;
  readonly active;
  /** How many characters fit into the place where terminals are shown. */
  measure: () => { cols: number; rows: number } = () => ({ cols: 80, rows: 24 });

  readonly #parts: DeckParts;
  readonly #terminals = new Map<string, DeckTerminal>();
  readonly #stops: (() => void)[];
  #openedFor = '';
  #wantsFocus = false;

  constructor(parts: DeckParts) {
    this.#parts = parts;
    const { lab, settings } = parts;
    this.tabs = computed(() => {
      const session = lab.session.value;
      return session ? terminalTabs(session.nodes, session.terminals) : [];
    });
    this.active = computed(() => activeTab(this.tabs.value, settings.tab.value));
    this.#stops = [
      effect(() => this.#dropGone()),
      effect(() => this.#openFirst()),
      effect(() => this.#applySettings()),
    ];
  }

  terminal(id: string): DeckTerminal {
    const known = this.#terminals.get(id);
    if (known) return known;
    const made: DeckTerminal = {
      status: signal<TerminalStatus>('connecting'),
      shell: signal<ShellState>('unknown'),
      exitCode: signal<number | null>(null),
      title: signal(''),
      handle: null,
    };
    this.#terminals.set(id, made);
    return made;
  }

  /** Brings a terminal to life in its element, or back to the right size there. */
  async show(id: TerminalId, element: HTMLElement): Promise<void> {
    const terminal = this.terminal(id);
    if (!terminal.handle) {
      const make = await this.#load();
      if (!make || terminal.handle || this.#terminals.get(id) !== terminal) return;
      terminal.handle = make(this.#handleOptions(id, terminal));
      terminal.handle.setFontSize(this.#parts.settings.fontSizePx.peek());
      terminal.handle.setScreenReader(this.#parts.settings.screenReader.peek());
      terminal.handle.setTheme(this.#parts.theme.theme.peek());
      terminal.handle.attach(element);
    }
    terminal.handle.fit();
    if (this.#wantsFocus) terminal.handle.focus();
    this.#wantsFocus = false;
  }

  select(key: string): void {
    this.#parts.settings.tab.value = key;
  }

  /** The next terminal that is shown takes the keyboard: the learner asked for it. */
  focusNext(): void {
    this.#wantsFocus = true;
  }

  focus(): void {
    this.#activeTerminal()?.handle?.focus();
  }

  fit(): void {
    this.#activeTerminal()?.handle?.fit();
  }

  search(query: string, back: boolean): unknown {
    return this.#activeTerminal()?.handle?.search(query, { back });
  }

  async open(node: string): Promise<void> {
    const { lab } = this.#parts;
    const session = lab.session.value;
    if (!session || this.opening.value) return;
    this.opening.value = true;
    this.problem.value = null;
    try {
      const opened = await api.openTerminal(session.id, { node, ...this.measure() });
      addTerminal(lab, opened);
      this.select(opened.id);
    } catch (fault) {
      this.problem.value = problemFrom(fault);
    } finally {
      this.opening.value = false;
    }
  }

  /** Closes a terminal; where a command runs in it, the learner is asked first. */
  askToClose(terminal: TerminalView): void {
    const { status, shell } = this.terminal(terminal.id);
    const isRunning = status.value !== 'ended' && shell.value === 'running';
    if (isRunning) this.#parts.dialog.value = { kind: 'close-terminal', terminal };
    else void this.close(terminal.id);
  }

  async close(id: TerminalId): Promise<void> {
    const session = this.#parts.lab.session.value;
    if (!session) return;
    this.problem.value = null;
    const next = neighbour(this.tabs.value, id);
    try {
      await api.closeTerminal(session.id, id);
      if (next) this.select(next);
      removeTerminal(this.#parts.lab, id);
    } catch (fault) {
      this.problem.value = problemFrom(fault);
    }
  }

  /** Runs a command of the lesson in the terminal in front; what stands in the way becomes an offer. */
  async run(text: string, options = { interrupt: false }): Promise<void> {
    this.offer.value = null;
    const handle = this.#activeTerminal()?.handle;
    if (!this.#parts.lab.isReady.value || !handle) {
      this.offer.value = { text, reason: 'noLab' };
      return;
    }
    try {
      const outcome = await handle.run(text, options);
      if (outcome === 'sent') handle.focus();
      else this.offer.value = { text, reason: outcome };
    } catch {
      this.offer.value = { text, reason: 'failed' };
    }
  }

  /** Lets go of every connection; {@link show} makes them anew from what the server kept. */
  rest(): void {
    for (const terminal of this.#terminals.values()) {
      terminal.handle?.dispose();
      terminal.handle = null;
    }
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.rest();
    this.#terminals.clear();
  }

  #activeTerminal(): DeckTerminal | null {
    const tab = this.active.value;
    return tab?.kind === 'terminal' ? this.terminal(tab.key) : null;
  }

  async #load() {
    try {
      const make = await this.#parts.loadTerminal();
      this.loadFailed.value = false;
      return make;
    } catch (fault) {
      console.error(fault);
      this.loadFailed.value = true;
      return null;
    }
  }

  #handleOptions(id: TerminalId, terminal: DeckTerminal) {
    const { lab, language } = this.#parts;
    return {
      terminalId: id,
      language: language.peek(),
      openTicket: () => {
        const session = lab.session.peek();
        if (!session) throw new Error('a terminal without a lab');
        return api.fetchTicket(session.id, id);
      },
      onStatus: (status: TerminalStatus) => {
        terminal.status.value = status;
      },
      onShell: (state: ShellState, exitCode: number | null) => {
        terminal.shell.value = state;
        terminal.exitCode.value = exitCode;
      },
      onTitle: (title: string) => {
        terminal.title.value = title;
      },
    };
  }

  #dropGone(): void {
    const alive = new Set(this.tabs.value.map((tab) => tab.key));
    for (const [id, terminal] of this.#terminals) {
      if (alive.has(id)) continue;
      terminal.handle?.dispose();
      this.#terminals.delete(id);
    }
  }

  /** A lab that is ready and has no terminal gets one, once per start or reset. */
  #openFirst(): void {
    const session = this.#parts.lab.session.value;
    if (session?.status.state !== 'ready' || session.terminals.length > 0) return;
    const occasion = `${session.id} ${session.generation}`;
    const [node] = session.nodes;
    if (this.#openedFor === occasion || !node) return;
    this.#openedFor = occasion;
    queueMicrotask(() => void this.open(node));
  }

  #applySettings(): void {
    const fontSizePx = this.#parts.settings.fontSizePx.value;
    const screenReader = this.#parts.settings.screenReader.value;
    const theme = this.#parts.theme.theme.value;
    for (const { handle } of this.#terminals.values()) {
      handle?.setFontSize(fontSizePx);
      handle?.setScreenReader(screenReader);
      handle?.setTheme(theme);
    }
  }
}

/** Answers may arrive before the event that says the same. */
function addTerminal(lab: LabController, opened: TerminalView): void {
  const session = lab.session.value;
  if (!session || session.terminals.some(({ id }) => id === opened.id)) return;
  lab.apply({ type: 'session', session: { ...session, terminals: [...session.terminals, opened] } });
}

function removeTerminal(lab: LabController, closed: TerminalId): void {
  const session = lab.session.value;
  if (!session) return;
  const terminals = session.terminals.filter(({ id }) => id !== closed);
  lab.apply({ type: 'session', session: { ...session, terminals } });
}
