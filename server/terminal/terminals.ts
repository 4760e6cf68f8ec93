import type { TerminalView } from '#contract/api.ts';
import { type LabSessionId, TerminalId } from '#contract/ids.ts';
import { TERMINAL_CLOSE } from '#contract/terminal-protocol.ts';
import { LabError } from '../domain/lab-error.ts';
import type { LabTerminals } from '../domain/lab-terminals.ts';
import type { Log } from '../domain/log.ts';
import type { LabNodeRef, LabShell } from '../ports.ts';
import { randomId } from '../random-id.ts';
import type { LabSequence } from './answer-sequence.ts';
import type { ConnectionOptions } from './connection.ts';
import { type Size, shorter } from './pty-attachment.ts';
import { SavedScreens } from './saved-screens.ts';
import { Terminal, type TerminalOptions } from './terminal.ts';

export const MAX_TERMINALS_PER_NODE = 6;
const START_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 10_000;
const LIST_TIMEOUT_MS = 5000;
const DETACH_TIMEOUT_MS = 3000;
const DEFAULT_SIZE = { cols: 80, rows: 24 };
/** The attach program needs little: no secret of the server's environment goes into a child. */
const DEFAULT_ENV = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' };

export interface TerminalsOptions {
  readonly shell: LabShell;
  /** Where screens wait out a restart. */
  readonly savedScreensFolder: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly log: Log;
  /** A command of a node tells the server something: an answer, a switch. */
  readonly onSequence: (labSessionId: LabSessionId, sequence: LabSequence) => void;
  /** The learner uses a terminal: the lab is not idle. @param isTyping not only the window's own reports */
  readonly onInput: (labSessionId: LabSessionId, isTyping: boolean) => void;
  /** A shell ended by itself: the list is shorter. */
  readonly onEnded: (labSessionId: LabSessionId) => void;
}

interface Entry {
  readonly view: TerminalView;
  readonly labSessionId: LabSessionId;
  readonly node: LabNodeRef;
  /** `null` while the shell starts. */
  terminal: Terminal | null;
}

/** All terminals of this server. The shells are the lab nodes': they outlive this process. */
export class Terminals implements LabTerminals {
  readonly #options: TerminalsOptions;
  readonly #saved: SavedScreens;
  readonly #entries = new Map<TerminalId, Entry>();

  constructor(options: TerminalsOptions) {
    this.#options = options;
    this.#saved = new SavedScreens(options.savedScreensFolder);
  }

  /** @throws LabError TERMINAL_LIMIT_REACHED, TERMINAL_START_FAILED, LAB_NOT_READY when the lab closed meanwhile */
  async open(labSessionId: LabSessionId, node: LabNodeRef, size: Size): Promise<TerminalView> {
    const siblings = this.#onNode(labSessionId, node.name);
    if (siblings.length >= MAX_TERMINALS_PER_NODE) {
      const params = { limit: MAX_TERMINALS_PER_NODE };
      throw new LabError('TERMINAL_LIMIT_REACHED', `${node.name} has ${siblings.length} terminals`, {
        params,
      });
    }
    const entry = this.#reserve(labSessionId, node, TerminalId.parse(`t${randomId(11)}`), null);
    const { id } = entry.view;
    try {
      // In another size: the attachment's size then makes the shell draw the prompt that nobody saw.
      await this.#options.shell.start(node, id, shorter(size), AbortSignal.timeout(START_TIMEOUT_MS));
    } catch (failure) {
      this.#entries.delete(id);
      throw failure;
    }
    if (this.#entries.get(id) !== entry) {
      // A node that is gone took its shells along.
      await this.#options.shell.stop(node, id, AbortSignal.timeout(STOP_TIMEOUT_MS)).catch(() => {});
      throw new LabError('LAB_NOT_READY', `${node.name} went away while terminal ${id} started`);
    }
    this.#begin(entry, { size, isNew: true });
    return entry.view;
  }

  /** In the order of nodes and numbers. */
  list(labSessionId: LabSessionId): TerminalView[] {
    return [...this.#entries.values()]
      .filter((entry) => entry.labSessionId === labSessionId && entry.terminal !== null)
      .map(({ view }) => view)
      .sort((a, b) => a.node.localeCompare(b.node) || a.number - b.number);
  }

  /** The caller has checked that this browser may see the terminal. An unknown one is closed as `gone`. */
  connect(id: TerminalId, options: Omit<ConnectionOptions, 'nowMs'>): void {
    const terminal = this.#entries.get(id)?.terminal;
    if (terminal) terminal.connect(options);
    else options.socket.close(TERMINAL_CLOSE.gone, 'unknown terminal');
  }

  /** @throws LabError TERMINAL_UNKNOWN, or what stopping the shell throws: the terminal stays then. */
  async close(labSessionId: LabSessionId, id: TerminalId): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry?.labSessionId !== labSessionId) {
      throw new LabError('TERMINAL_UNKNOWN', `lab session ${labSessionId} has no terminal ${id}`);
    }
    await this.#options.shell.stop(entry.node, id, AbortSignal.timeout(STOP_TIMEOUT_MS));
    this.#forget(entry, TERMINAL_CLOSE.ended, 'closed');
  }

  async closeLab(labSessionId: LabSessionId): Promise<void> {
    for (const entry of [...this.#entries.values()]) {
      if (entry.labSessionId === labSessionId) this.#forget(entry, TERMINAL_CLOSE.gone, 'lab closed');
    }
  }

  async closeNode(labSessionId: LabSessionId, node: string): Promise<void> {
    for (const entry of this.#onNode(labSessionId, node)) {
      this.#forget(entry, TERMINAL_CLOSE.gone, 'node switched off');
    }
  }

  /** Leaves known terminals as they are. A node that does not answer is logged and left out. */
  async adopt(labSessionId: LabSessionId, nodes: readonly LabNodeRef[]): Promise<void> {
    await Promise.all(
      nodes.map(async (node) => {
        try {
          const ids = await this.#options.shell.list(node, AbortSignal.timeout(LIST_TIMEOUT_MS));
          for (const id of ids.toSorted()) await this.#adoptOne(labSessionId, node, id);
        } catch (err) {
          this.#options.log.warn({ labSessionId, node: node.name, err }, 'adopt terminals');
        }
      }),
    );
  }

  /** After the last `adopt`: screens whose shell is gone. */
  async discardSaved(): Promise<void> {
    await this.#saved.discardAll();
  }

  /** For shutdown: keeps the shells and writes down their screens. */
  async detachAll(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    const saving = Promise.allSettled(entries.map((entry) => this.#detach(entry)));
    const deadline = new Promise((resolve) => setTimeout(resolve, DETACH_TIMEOUT_MS).unref());
    await Promise.race([saving, deadline]);
  }

  async #detach({ view, labSessionId, terminal }: Entry): Promise<void> {
    if (terminal === null) return;
    try {
      const screen = await terminal.detach();
      await this.#saved.save({ ...view, labSessionId, screen });
    } catch (err) {
      this.#options.log.warn({ terminalId: view.id, err }, 'save terminal screen');
    }
  }

  async #adoptOne(labSessionId: LabSessionId, node: LabNodeRef, name: string): Promise<void> {
    const { data: id } = TerminalId.safeParse(name);
    if (id === undefined || this.#entries.has(id)) return;
    const taken = await this.#saved.take(id);
    const saved = taken?.labSessionId === labSessionId && taken.node === node.name ? taken : null;
    if (this.#entries.has(id)) return;
    const entry = this.#reserve(labSessionId, node, id, saved?.number ?? null);
    this.#begin(entry, { size: DEFAULT_SIZE, isNew: false, saved: saved?.screen });
  }

  #reserve(labSessionId: LabSessionId, node: LabNodeRef, id: TerminalId, wanted: number | null): Entry {
    const used = this.#onNode(labSessionId, node.name).map(({ view }) => view.number);
    let number = 1;
    if (wanted !== null && !used.includes(wanted)) number = wanted;
    else while (used.includes(number)) number += 1;
    const entry: Entry = { view: { id, node: node.name, number }, labSessionId, node, terminal: null };
    this.#entries.set(id, entry);
    return entry;
  }

  #begin(entry: Entry, start: Pick<TerminalOptions, 'size' | 'isNew' | 'saved'>): void {
    const { labSessionId, node, view } = entry;
    const { shell, env = DEFAULT_ENV, log, onSequence, onInput, onEnded } = this.#options;
    entry.terminal = new Terminal({
      ...start,
      id: view.id,
      attachCommand: shell.attachCommand(node, view.id),
      env,
      isShellAlive: async () =>
        (await shell.list(node, AbortSignal.timeout(LIST_TIMEOUT_MS))).includes(view.id),
      onSequence: (sequence) => onSequence(labSessionId, sequence),
      onInput: (isTyping) => onInput(labSessionId, isTyping),
      onEnded: () => {
        if (this.#entries.get(view.id) !== entry) return;
        this.#entries.delete(view.id);
        onEnded(labSessionId);
      },
      log,
    });
  }

  #forget(entry: Entry, code: number, reason: string): void {
    this.#entries.delete(entry.view.id);
    entry.terminal?.dispose(code, reason);
  }

  #onNode(labSessionId: LabSessionId, node: string): Entry[] {
    return [...this.#entries.values()].filter(
      (entry) => entry.labSessionId === labSessionId && entry.view.node === node,
    );
  }
}
