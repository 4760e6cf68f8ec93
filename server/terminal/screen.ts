import serializeAddon from '@xterm/addon-serialize';
import type { ITerminalAddon, Terminal } from '@xterm/headless';
import headless from '@xterm/headless';
import { ANSWER_OSC } from '#contract/terminal-protocol.ts';
import { type LabSequence, parseLabSequence } from './answer-sequence.ts';
import { useBoundedMarks } from './bounded-marks.ts';
import { DrawingPace } from './drawing-pace.ts';
import type { ShellTracker } from './shell-tracker.ts';
import { UnserializedModes } from './unserialized-modes.ts';

const SCROLLBACK_LINES = 1000;
const MAX_SNAPSHOT_CHARS = 2 * 1024 * 1024;

export interface ScreenOptions {
  readonly cols: number;
  readonly rows: number;
  readonly shell: ShellTracker;
  /** What the terminal answers to a program that asks about it (cursor position, kind of terminal). */
  readonly onReply: (keys: string) => void;
  /** A command of the node tells the server something. */
  readonly onSequence: (sequence: LabSequence) => void;
  /** The shell stands at a prompt, but switched bracketed paste on before anybody listened. */
  readonly onPromptMissed: () => void;
}

/**
 * The screen as the shell's output has drawn it: source of snapshots, of the shell's marks and of the replies to
 * programs. The pages don't reply: several windows would answer twice, and a replay would answer again.
 */
export class Screen {
  readonly #terminal: Terminal;
  readonly #serializer = new serializeAddon.SerializeAddon();
  readonly #modes: UnserializedModes;
  readonly #pace: DrawingPace;
  #pendingBytes = 0;
  #hasSeenPasteMode = false;

  constructor(options: ScreenOptions) {
    const { cols, rows } = options;
    this.#terminal = new headless.Terminal({
      cols,
      rows,
      scrollback: SCROLLBACK_LINES,
      allowProposedApi: true,
    });
    // The addon is typed for the browser's terminal; what it uses is in both.
    this.#terminal.loadAddon(this.#serializer as unknown as ITerminalAddon);
    useBoundedMarks(this.#terminal);
    this.#terminal.onData(options.onReply);
    this.#modes = new UnserializedModes(this.#terminal);
    this.#pace = new DrawingPace(this.#terminal);
    this.#listenToShell(options);
  }

  get isFullScreen(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  /** Output that is written but not drawn yet. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** @param onDrawn called when everything up to here is drawn */
  write(chunk: Uint8Array | string, onDrawn?: () => void): void {
    const { length } = chunk;
    this.#pendingBytes += length;
    this.#pace.write(chunk, () => {
      this.#pendingBytes -= length;
      onDrawn?.();
    });
  }

  /** In the order of the writes: earlier output is drawn in the earlier size. */
  resize(cols: number, rows: number): void {
    this.write('', () => this.#terminal.resize(cols, rows));
  }

  get size(): { cols: number; rows: number } {
    return { cols: this.#terminal.cols, rows: this.#terminal.rows };
  }

  /** Looks at the screen when what was written until now is drawn, and nothing after it. */
  async drawn<Seen>(look: (screen: Screen) => Seen): Promise<Seen> {
    return new Promise((resolve) => this.write('', () => resolve(look(this))));
  }

  /** Sequences that draw the present screen, its history and its modes on a reset terminal of the same size. */
  serialize(): string {
    const modes = this.#modes.serialize();
    const whole = this.#serializer.serialize({ scrollback: SCROLLBACK_LINES });
    if (whole.length <= MAX_SNAPSHOT_CHARS) return whole + modes;
    return this.#serializer.serialize({ scrollback: 0 }) + modes;
  }

  dispose(): void {
    this.#pace.dispose();
    this.#terminal.dispose();
  }

  #listenToShell({ shell, onSequence, onPromptMissed }: ScreenOptions): void {
    const { parser } = this.#terminal;
    // Addresses of links are no part of a snapshot: remembering them would only cost memory.
    parser.registerOscHandler(8, () => true);
    // By more lines than there are: no program means that, and the work would be done line by line.
    const isTooFar = ([count]: (number | number[])[]) =>
      typeof count === 'number' && count > this.#terminal.rows;
    for (const final of ['L', 'M', 'S', 'T']) parser.registerCsiHandler({ final }, isTooFar);
    parser.registerOscHandler(133, (data) => {
      shell.mark(data);
      if (data.startsWith('B') && !this.#hasSeenPasteMode) onPromptMissed();
      return true;
    });
    parser.registerOscHandler(ANSWER_OSC, (payload) => {
      const sequence = parseLabSequence(payload);
      if (sequence !== null) onSequence(sequence);
      return true;
    });
    const setPasteMode = (isOn: boolean) => (params: (number | number[])[]) => {
      if (params.includes(2004)) {
        this.#hasSeenPasteMode = true;
        shell.setPasteMode(isOn);
      }
      return false;
    };
    parser.registerCsiHandler({ prefix: '?', final: 'h' }, setPasteMode(true));
    parser.registerCsiHandler({ prefix: '?', final: 'l' }, setPasteMode(false));
  }
}
