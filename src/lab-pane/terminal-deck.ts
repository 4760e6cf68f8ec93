import { computed, effect, type Signal, signal } from '@preact/signals';
import type { TerminalView } from '#contract/api.ts';
import type { TerminalId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';
import type { RunOutcome } from '#contract/terminal-protocol.ts';
import * as api from '../api-client/lab-api.ts';
import { type LabProblem, problemFrom } from '../api-client/lab-problem.ts';
import type { TerminalSessionOptions } from '../terminal/terminal-session.ts';
import { DeckTerminal } from './deck-terminal.ts';
import { isAwake, isWindowInUse, openFirstTerminal } from './first-terminal.ts';
import type { LabController } from './lab-controller.ts';
import type { OpenDialog } from './pane-parts.ts';
import type { PaneSettings } from './pane-settings.ts';
import { onPowerBack } from './power-back.ts';
import type { LoadTerminal } from './terminal-handle.ts';
import { activeTab, neighbour, terminalTabs, withoutTerminal, withTerminal } from './terminal-tabs.ts';

/** A command that could not simply be run, and why. */
export interface RunOffer {
  readonly text: string;
  readonly reason: Exclude<RunOutcome, 'sent'> | 'noLab' | 'failed';
}

export type DeckNote = 'tabLeaves' | 'tabStays' | 'pasteTooLong';

/** Arrow keys pass by tabs: only where they rest a terminal is opened. */
const PASSING_BY_MS = 400;

export interface DeckParts {
  readonly lab: LabController;
  readonly settings: PaneSettings;
  readonly language: Language;
  readonly dialog: Signal<OpenDialog | null>;
  readonly loadTerminal: LoadTerminal;
}

/** The open terminals of the lab: one page-side terminal per shell, made when its tab is first shown. */
export class TerminalDeck {
  /** Nodes on which a terminal is being opened. */
  readonly opening = signal<ReadonlySet<string>>(new Set());
  readonly problem = signal<LabProblem | null>(null);
  readonly loadFailed = signal(false);
  /** Something a terminal has to say in passing. */
  readonly note = signal<DeckNote | null>(null);
  readonly offer = signal<RunOffer | null>(null);
  /** Whether a command runs in the terminal in front. */
  readonly isBusy = computed(() => this.#activeTerminal()?.isBusy ?? false);
  readonly tabs;
  readonly active;
  /** How many characters fit into the place where terminals are shown. */
  measure: () => { cols: number; rows: number } = () => ({ cols: 80, rows: 24 });

  readonly #parts: DeckParts;
  readonly #terminals = new Map<string, DeckTerminal>();
  readonly #stops: (() => void)[];
  #wantsFocus = false;
  #node: string | null = null;
  #visit: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: DeckParts) {
    this.#parts = parts;
    const { lab, settings } = parts;
    this.tabs = computed(() => {
      const session = lab.session.value;
      return session ? terminalTabs(session.nodes, session.terminals) : [];
    });
    this.active = computed(() => activeTab(this.tabs.value, settings.tab.value, this.#node));
    this.#stops = [
      effect(() => {
        this.#node = this.active.value?.node ?? null;
      }),
      effect(() => this.#dropGone()),
      effect(() => {
        if (!lab.isReady.value) this.offer.value = null;
      }),
      openFirstTerminal(lab, {
        open: (node) => this.open(node, { isFirst: true }),
        isAskedFor: () => this.#wantsFocus,
      }),
      onPowerBack(lab, (node) => this.#reopen(node)),
      effect(() => this.#applySettings()),
    ];
  }

  terminal(id: string): DeckTerminal {
    const known = this.#terminals.get(id);
    if (known) return known;
    const made = new DeckTerminal();
    this.#terminals.set(id, made);
    return made;
  }

  /** Brings a terminal to life in its element. */
  async show(id: TerminalId, element: HTMLElement): Promise<void> {
    const terminal = this.terminal(id);
    if (!terminal.handle) {
      const make = await this.#load();
      if (!make || terminal.handle || this.#terminals.get(id) !== terminal) return;
      terminal.handle = make(this.#handleOptions(id, terminal));
      terminal.handle.setFontSize(this.#parts.settings.fontSizePx.peek());
      terminal.handle.setScreenReader(this.#parts.settings.screenReader.peek());
      terminal.handle.attach(element);
    }
    if (this.#wantsFocus) terminal.handle.focus();
    this.#wantsFocus = false;
  }

  select(key: string): void {
    this.#parts.settings.tab.value = key;
  }

  /** Brings a tab to the front for the learner; the place of a node without terminals gets its first one. */
  visit(key: string, { isPassingBy = false } = {}): void {
    this.select(key);
    clearTimeout(this.#visit);
    const open = () => {
      const tab = this.active.peek();
      if (tab?.kind === 'node' && tab.key === key && this.canOpen(tab.node)) void this.open(tab.node);
    };
    if (isPassingBy) this.#visit = setTimeout(open, PASSING_BY_MS);
    else open();
  }

  canOpen(node: string): boolean {
    const { lab } = this.#parts;
    const session = lab.session.value;
    return lab.isReady.value && session !== null && isAwake(session, node) && !this.opening.value.has(node);
  }

  /** The next terminal that is shown takes the keyboard: the learner asked for it. */
  focusNext(): void {
    this.#wantsFocus = true;
  }

  focus(): void {
    this.#activeTerminal()?.handle?.focus();
  }

  /** False when the terminal in front does not contain the text. */
  async search(query: string, back: boolean): Promise<boolean> {
    return (await this.#activeTerminal()?.handle?.search(query, { back })) ?? false;
  }

  /** @param isFirst the lab's first terminal is what the learner wants to see, wherever they were before */
  async open(node: string, { isFirst = false } = {}): Promise<void> {
    const { lab } = this.#parts;
    const session = lab.session.value;
    if (!session || this.opening.value.has(node)) return;
    this.opening.value = new Set([...this.opening.value, node]);
    this.problem.value = null;
    try {
      const opened = await api.openTerminal(session.id, { node, ...this.measure() });
      lab.keep(session.id, (now) => withTerminal(now, opened));
      // By now the learner may look at another node.
      if (isFirst || this.#node === null || this.#node === node) this.select(opened.id);
    } catch (fault) {
      this.problem.value = problemFrom(fault);
    } finally {
      this.opening.value = new Set([...this.opening.value].filter((other) => other !== node));
    }
  }

  /** Closes a terminal; where a command runs in it, the learner is asked first. */
  askToClose(terminal: TerminalView): void {
    if (this.terminal(terminal.id).isBusy) this.#parts.dialog.value = { kind: 'close-terminal', terminal };
    else void this.close(terminal.id);
  }

  async close(id: TerminalId): Promise<void> {
    const session = this.#parts.lab.session.value;
    if (!session) return;
    this.problem.value = null;
    const next = neighbour(this.tabs.value, session.nodes, id);
    try {
      await api.closeTerminal(session.id, id);
      if (next) this.select(next);
      this.#parts.lab.keep(session.id, (now) => withoutTerminal(now, id));
    } catch (fault) {
      this.problem.value = problemFrom(fault);
    }
  }

  /** Runs a command of the lesson in the terminal in front; what stands in the way becomes an offer. */
  async run(text: string, options = { interrupt: false }): Promise<void> {
    this.offer.value = null;
    const terminal = this.#activeTerminal();
    if (!this.#parts.lab.isReady.value || !terminal) {
      this.offer.value = { text, reason: 'noLab' };
      return;
    }
    const outcome = await terminal.run(text, options);
    if (outcome === 'sent') terminal.handle?.focus();
    else this.offer.value = { text, reason: outcome };
  }

  /** Lets go of every connection; {@link show} makes them anew from what the server kept. */
  rest(): void {
    for (const terminal of this.#terminals.values()) terminal.rest();
  }

  dispose(): void {
    clearTimeout(this.#visit);
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

  /** One question at a time: a second one is answered with no. */
  #ask(question: (answer: (yes: boolean) => void) => OpenDialog): Promise<boolean> {
    const { dialog } = this.#parts;
    if (dialog.value) return Promise.resolve(false);
    return new Promise((answer) => {
      dialog.value = question(answer);
    });
  }

  #handleOptions(id: TerminalId, terminal: DeckTerminal): TerminalSessionOptions {
    const { lab, language } = this.#parts;
    return {
      terminalId: id,
      language,
      openTicket: () => {
        const session = lab.session.peek();
        if (!session) throw new Error('a terminal without a lab');
        return api.fetchTicket(session.id, id);
      },
      ...terminal.reports,
      onPasteConfirm: (text: string) => this.#ask((answer) => ({ kind: 'paste', text, answer })),
      onLinkConfirm: (url: string) => this.#ask((answer) => ({ kind: 'link', url, answer })),
      onPasteRefused: () => {
        this.note.value = 'pasteTooLong';
      },
      onTabMode: (movesFocus: boolean) => {
        this.note.value = movesFocus ? 'tabLeaves' : 'tabStays';
      },
    };
  }

  #dropGone(): void {
    const alive = new Set(this.tabs.value.map((tab) => tab.key));
    for (const [id, terminal] of this.#terminals) {
      if (alive.has(id)) continue;
      terminal.rest();
      this.#terminals.delete(id);
    }
  }

  /** A node that has its power back lost its shells: in the window where it is looked at, a new one takes their place. */
  async #reopen(node: string): Promise<void> {
    if (this.active.peek()?.node !== node || !(this.#wantsFocus || isWindowInUse())) return;
    const session = this.#parts.lab.session.peek();
    const dead = session?.terminals.filter((terminal) => terminal.node === node) ?? [];
    for (const { id } of dead) {
      const status = this.terminal(id).status.peek();
      if (status === 'live') return;
      if (status === 'ended' || status === 'gone') await this.close(id);
    }
    await this.open(node);
  }

  #applySettings(): void {
    const fontSizePx = this.#parts.settings.fontSizePx.value;
    const screenReader = this.#parts.settings.screenReader.value;
    for (const { handle } of this.#terminals.values()) {
      handle?.setFontSize(fontSizePx);
      handle?.setScreenReader(screenReader);
    }
  }
}
