import type { Language } from '#contract/language.ts';
import type { ServerFrame } from '#contract/terminal-codec.ts';
import {
  type RunOutcome,
  type ShellState,
  TERMINAL_LIMITS,
  type TerminalControl,
} from '#contract/terminal-protocol.ts';
import { InputSender } from './input-sender.ts';
import type { ConfirmLink } from './links.ts';
import { OutputFeed } from './output-feed.ts';
import { SocketLink, type TerminalStatus } from './socket-link.ts';
import { type Look, TerminalView } from './terminal-view.ts';
import type { ThemeName } from './themes.ts';

const RESIZE_PAUSE_MS = 100;
const RUN_TIMEOUT_MS = 6000;
/** Of a watched terminal, whose size is somebody else's: the font gives way. */
const WATCHED_FONT_PX = { min: 6, max: 16 };

export interface TerminalSessionOptions {
  readonly terminalId: string;
  readonly language: Language;
  /** A new single-use ticket for each connection. */
  readonly openTicket: () => Promise<string>;
  /** @param detail error code or WebSocket close code behind the status, if any */
  readonly onStatus: (status: TerminalStatus, detail?: string) => void;
  readonly onShell: (state: ShellState, exitCode: number | null) => void;
  readonly onTitle: (title: string) => void;
  /** Somebody else of this name types here. */
  readonly onTyping?: (name: string) => void;
  /** A paste that would run commands at once. Default: it is pasted. */
  readonly onPasteConfirm?: (text: string) => boolean | Promise<boolean>;
  /** A paste that is too long was dropped. */
  readonly onPasteRefused?: (length: number) => void;
  /** A link was activated; the address is to be shown. Default: the browser's own question. */
  readonly onLinkConfirm?: ConfirmLink;
  /** Ctrl+M was pressed: to be announced. */
  readonly onTabMode?: (movesFocus: boolean) => void;
  /** Ctrl+C copies a selection and Ctrl+V pastes. Ctrl+Shift+C and Ctrl+Shift+V always do. Default: true. */
  readonly browserClipboardKeys?: boolean;
}

/**
 * One terminal in the page. It connects at once and goes on reconnecting until {@link dispose}; it may be shown,
 * hidden and shown elsewhere without losing its history.
 */
export class TerminalSession {
  readonly #options: TerminalSessionOptions;
  readonly #host = document.createElement('div');
  readonly #resizes = new ResizeObserver(() => this.#fitSoon());
  readonly #input: InputSender;
  #language: Language;
  #look: Look = { theme: 'dark', fontPx: 14, isScreenReader: false };
  #wantsFocus = false;
  #isDisposed = false;
  /** A watcher: the size is never its own, and it types only while it has the keyboard. */
  #isWatcher = false;
  #hasKeyboard = false;
  #view: TerminalView | null = null;
  #link: SocketLink | null = null;
  #runs: ((outcome: RunOutcome) => void)[] = [];
  #fitTimer: ReturnType<typeof setTimeout> | undefined;
  #toldSize = '';

  constructor(options: TerminalSessionOptions) {
    this.#options = options;
    this.#language = options.language;
    this.#input = new InputSender((bytes) => this.#link?.send({ type: 'input', bytes }));
    this.#host.className = 'terminal-host';
    this.#host.style.height = '100%';
    // Another window's size may be larger.
    this.#host.style.overflow = 'hidden';
    this.#start().catch((failure: unknown) => {
      console.error(failure);
      this.#options.onStatus('gone', 'LOAD_FAILED');
    });
  }

  /** Shows the terminal in `element`, which should have a height. */
  attach(element: HTMLElement): void {
    element.append(this.#host);
    this.#resizes.observe(this.#host);
    void this.#show();
  }

  /** Takes the terminal off the page; it goes on in the background. */
  detach(): void {
    this.#resizes.disconnect();
    this.#host.remove();
  }

  /** Makes the shell's size that of the element. */
  fit(): void {
    clearTimeout(this.#fitTimer);
    if (this.#isWatcher) {
      this.#view?.fitFont(WATCHED_FONT_PX);
      return;
    }
    const size = this.#view?.fittingSize;
    if (!size || !this.#link?.isLive) return;
    const cols = Math.min(TERMINAL_LIMITS.maxCols, Math.max(2, size.cols));
    const rows = Math.min(TERMINAL_LIMITS.maxRows, Math.max(1, size.rows));
    if (this.#toldSize === `${cols}x${rows}`) return;
    this.#toldSize = `${cols}x${rows}`;
    this.#link.send({ type: 'resize', cols, rows });
  }

  focus(): void {
    this.#wantsFocus = true;
    this.#view?.terminal.focus();
  }

  /** Types `text` at the prompt and presses Enter. `busy` also without a connection. */
  async run(text: string, options: { interrupt: boolean }): Promise<RunOutcome> {
    if (!this.#link?.isLive || this.#isWatcher) return 'busy';
    this.#link.send({ type: 'command', command: { type: 'run', text, interrupt: options.interrupt } });
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve('busy'), RUN_TIMEOUT_MS);
      this.#runs.push((outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      });
    });
  }

  /** Marks all matches and goes to the next one; `false` when there is none. An empty query ends the search. */
  async search(query: string, options: { back: boolean }): Promise<boolean> {
    return (await this.#view?.search.find(query, options)) ?? false;
  }

  setScreenReader(isScreenReader: boolean): void {
    this.#setLook({ isScreenReader });
  }

  setFontSize(fontPx: number): void {
    this.#setLook({ fontPx });
    this.#fitSoon();
  }

  setTheme(theme: ThemeName): void {
    this.#setLook({ theme });
  }

  setLanguage(language: Language): void {
    this.#language = language;
    this.#view?.setLanguage(language);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    clearTimeout(this.#fitTimer);
    this.#link?.stop();
    this.#answerRuns('busy');
    this.detach();
    this.#view?.dispose();
  }

  async #start(): Promise<void> {
    const view = await TerminalView.load({
      ...this.#options,
      language: this.#language,
      onText: (text) => this.#type(() => this.#input.push(text)),
      onBinary: (text) => this.#type(() => this.#input.pushBinary(text)),
    });
    if (this.#isDisposed) {
      view.dispose();
      return;
    }
    this.#view = view;
    view.setLook(this.#look);
    this.#connect(view);
    await this.#show();
  }

  async #show(): Promise<void> {
    if (this.#view === null || !this.#host.isConnected) return;
    await this.#view.open(this.#host);
    if (this.#isDisposed) return;
    this.fit();
    if (this.#wantsFocus) this.#view.terminal.focus();
  }

  #setLook(change: Partial<Look>): void {
    this.#look = { ...this.#look, ...change };
    this.#view?.setLook(this.#look);
  }

  #connect(view: TerminalView): void {
    const feed = new OutputFeed(view.terminal, (offset) => this.#link?.send({ type: 'ack', offset }));
    this.#link = new SocketLink({
      terminalId: this.#options.terminalId,
      openTicket: async () => this.#options.openTicket(),
      resume: () => feed.resume,
      onResumeLost: () => feed.forget(),
      onFrame: (frame) => this.#receive(view, feed, frame),
      onStatus: (status, detail) => {
        if (status === 'live') this.fit();
        else this.#answerRuns('busy');
        this.#options.onStatus(status, detail);
      },
    });
  }

  #receive(view: TerminalView, feed: OutputFeed, frame: ServerFrame): void {
    switch (frame.type) {
      case 'output':
        feed.output(frame.bytes);
        break;
      case 'snapshot':
        feed.snapshot(frame.offset, frame.bytes);
        break;
      case 'taken':
        this.#input.taken(frame.inputBytes);
        break;
      case 'control':
        if (frame.control.type === 'hello')
          feed.begin(frame.control.epoch, frame.control.base, frame.control.startedBlank);
        this.#control(view, frame.control);
        break;
      default:
        frame satisfies never;
    }
  }

  #control(view: TerminalView, control: TerminalControl): void {
    switch (control.type) {
      case 'hello':
        this.#input.begin();
        this.#isWatcher = control.readOnly;
        // Even in the smallest font it may not fit.
        if (control.readOnly) this.#host.style.overflow = 'auto';
        this.#hasKeyboard = !control.readOnly;
        view.terminal.options.disableStdin = control.readOnly;
        this.#toldSize = '';
        view.resize(control.cols, control.rows);
        this.#setShell(view, control.shell, control.exitCode);
        break;
      case 'shell':
        this.#setShell(view, control.shell, control.exitCode);
        break;
      case 'size':
        view.resize(control.cols, control.rows);
        if (this.#isWatcher) this.#fitSoon();
        break;
      case 'keyboard':
        this.#hasKeyboard = control.isYours;
        view.terminal.options.disableStdin = !control.isYours;
        break;
      case 'typing':
        this.#options.onTyping?.(control.name);
        break;
      case 'run':
        this.#runs.shift()?.(control.outcome);
        break;
      case 'ended':
        break;
      default:
        control satisfies never;
    }
  }

  #setShell(view: TerminalView, state: ShellState, exitCode: number | null): void {
    view.isRunning = state === 'running';
    this.#options.onShell(state, exitCode);
  }

  /** Keys that are pressed without a connection are lost, not typed later into who knows what. */
  #type(push: () => void): void {
    if (this.#link?.isLive && this.#hasKeyboard) push();
  }

  #answerRuns(outcome: RunOutcome): void {
    for (const answer of this.#runs.splice(0)) answer(outcome);
  }

  #fitSoon(): void {
    clearTimeout(this.#fitTimer);
    this.#fitTimer = setTimeout(() => this.fit(), RESIZE_PAUSE_MS);
  }
}
