/**
 * `labterm.v1`: the wire between a terminal in the page and its lab node. Binary WebSocket frames; byte 0 is the
 * opcode, integers are big-endian. Offsets count the shell's output bytes since the terminal was opened (epoch).
 *
 * server → page   01 OUTPUT bytes · 02 SNAPSHOT u48 offset of the next OUTPUT byte, bytes (reset first)
 *                 03 CONTROL json · 04 TAKEN u48 input bytes of this connection that the shell's tty took
 * page → server   11 INPUT bytes · 12 RESIZE u16 cols, u16 rows · 13 ACK u48 offset consumed · 14 COMMAND json
 *
 * ACK and TAKEN are cumulative, so doubled or lost ones are harmless; snapshot bytes are not counted. JSON is
 * written in ASCII (`\u…` for the rest). `terminal-codec.ts` reads and writes the frames.
 */
import * as z from 'zod/mini';

export const TERMINAL_PROTOCOL = 'labterm.v1';
/** Second subprotocol offered by the page: `ticket.<ticket>`. It keeps the secret out of URLs and logs. */
export const TICKET_PROTOCOL_PREFIX = 'ticket.';

export const OPCODE = {
  output: 0x01,
  snapshot: 0x02,
  control: 0x03,
  taken: 0x04,
  input: 0x11,
  resize: 0x12,
  ack: 0x13,
  command: 0x14,
} as const;

export const TERMINAL_LIMITS = {
  /** Larger frames from the page end the connection (WebSocket close 1009). */
  maxFrameBytes: 64 * 1024,
  /** The page cuts input into pieces of this size. */
  inputChunkBytes: 16 * 1024,
  /** Input that may be under way at once: the page waits for TAKEN when it has sent this much more. */
  inputWindowBytes: 64 * 1024,
  /** The server sends TAKEN after this much input went to the shell. */
  takenEveryBytes: 16 * 1024,
  /** Un-acknowledged output at which the server pauses the shell, and at which it goes on. */
  highWaterBytes: 384 * 1024,
  lowWaterBytes: 128 * 1024,
  /** The page acknowledges after this much parsed output. Must be below `lowWaterBytes`. */
  ackEveryBytes: 32 * 1024,
  maxCols: 500,
  maxRows: 300,
  /** Longest text that "run in terminal" may send. */
  maxRunBytes: 8 * 1024,
} as const;

export const TERMINAL_CLOSE = {
  /** Shell ended: no reconnect. */
  ended: 4400,
  /** Malformed frame: reconnect with a snapshot. */
  malformed: 4401,
  /** Ticket missing, used or expired: ask for a new one. */
  ticket: 4402,
  /** The lab was reset or closed: no reconnect. */
  gone: 4403,
  /** The server goes down: reconnect. */
  restarting: 4404,
  /** Sent more than the limits allow: reconnect after a pause. */
  tooFast: 4405,
  /** A watcher without the keyboard typed: reconnect after a pause. */
  readOnly: 4406,
} as const;

const ShellState = z.enum(['prompt', 'running', 'unknown']);
/** What the shell's own marks (OSC 133) say; `unknown` for a program that sends none. */
export type ShellState = z.infer<typeof ShellState>;

const RunOutcome = z.enum(['sent', 'busy', 'fullscreen', 'text']);
/** `busy`: no prompt. `fullscreen`: a full-screen program is open. `text`: the text can't be typed safely. */
export type RunOutcome = z.infer<typeof RunOutcome>;

/** JSON of a CONTROL frame. */
export const TerminalControl = z.discriminatedUnion('type', [
  /** First frame of every connection. `base` is the offset of the next OUTPUT byte, unless a SNAPSHOT follows. */
  z.strictObject({
    type: z.literal('hello'),
    epoch: z.string(),
    base: z.number(),
    cols: z.number(),
    rows: z.number(),
    shell: ShellState,
    exitCode: z.nullable(z.number()),
    /**
     * A watcher: the size is never its own, `run` is refused, and INPUT ends the connection (`readOnly`) unless a
     * `keyboard` frame has given it the keyboard.
     */
    readOnly: z.boolean(),
    /**
     * The shell is older than what the server knows of its output (the server crashed): a page that still shows
     * earlier output keeps it above the SNAPSHOT.
     */
    startedBlank: z.boolean(),
  }),
  z.strictObject({ type: z.literal('shell'), shell: ShellState, exitCode: z.nullable(z.number()) }),
  /** All windows of a terminal show the same size: that of the window which was used last. */
  z.strictObject({ type: z.literal('size'), cols: z.number(), rows: z.number() }),
  /** To a watcher: whether its INPUT is taken from now on. After `hello` it is not, until this says so. */
  z.strictObject({ type: z.literal('keyboard'), isYours: z.boolean() }),
  /** A watcher of this name has just typed; about once a second while that goes on. */
  z.strictObject({ type: z.literal('typing'), name: z.string() }),
  z.strictObject({ type: z.literal('ended'), exitCode: z.nullable(z.number()) }),
  /** Answers each `run` command, in order. */
  z.strictObject({ type: z.literal('run'), outcome: RunOutcome }),
]);
export type TerminalControl = z.infer<typeof TerminalControl>;

/** JSON of a COMMAND frame. */
export const TerminalCommand = z.discriminatedUnion('type', [
  /** Paste `text` at the prompt and press Enter; `interrupt` sends Ctrl-C first when the shell is busy. */
  z.strictObject({
    type: z.literal('run'),
    text: z.string().check(z.maxLength(TERMINAL_LIMITS.maxRunBytes)),
    interrupt: z.boolean(),
  }),
  /** A hidden page parses slowly: the server stops sending and brings it up to date later. */
  z.strictObject({ type: z.literal('hidden'), hidden: z.boolean() }),
]);
export type TerminalCommand = z.infer<typeof TerminalCommand>;

/**
 * Private OSC sequence by which commands of a node reach the server: `OSC 7717;answer;<check>;<base64>` and
 * `OSC 7717;power;<on|off>;<node>`.
 */
export const ANSWER_OSC = 7717;

/** What a page has already: everything before byte `since` of that history. */
export interface TerminalResume {
  readonly epoch: string;
  readonly since: number;
}

/** Address of a terminal's WebSocket. */
export function terminalSocketPath(terminalId: string, resume: TerminalResume | null): string {
  const query = resume === null ? '' : `?epoch=${resume.epoch}&since=${resume.since}`;
  return `/ws/terminals/${terminalId}${query}`;
}
