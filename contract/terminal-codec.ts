/** Frames of `terminal-protocol.ts` to bytes and back. A decoder returns `null` for anything malformed. */
import { OPCODE, TERMINAL_LIMITS, TerminalCommand, TerminalControl } from './terminal-protocol.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

export type ServerFrame =
  | { readonly type: 'output'; readonly bytes: Uint8Array }
  | { readonly type: 'snapshot'; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly type: 'taken'; readonly inputBytes: number }
  | { readonly type: 'control'; readonly control: TerminalControl };

export type PageFrame =
  | { readonly type: 'input'; readonly bytes: Uint8Array }
  | { readonly type: 'resize'; readonly cols: number; readonly rows: number }
  | { readonly type: 'ack'; readonly offset: number }
  | { readonly type: 'command'; readonly command: TerminalCommand };

export function encodeServerFrame(frame: ServerFrame): Bytes {
  switch (frame.type) {
    case 'output':
      return withOpcode(OPCODE.output, frame.bytes);
    case 'snapshot': {
      const bytes = new Uint8Array(7 + frame.bytes.length);
      bytes.set(u48(OPCODE.snapshot, frame.offset));
      bytes.set(frame.bytes, 7);
      return bytes;
    }
    case 'taken':
      return u48(OPCODE.taken, frame.inputBytes);
    case 'control':
      return json(OPCODE.control, frame.control);
  }
}

export function encodePageFrame(frame: PageFrame): Bytes {
  switch (frame.type) {
    case 'input':
      return withOpcode(OPCODE.input, frame.bytes);
    case 'resize': {
      const view = new DataView(new ArrayBuffer(5));
      view.setUint8(0, OPCODE.resize);
      view.setUint16(1, frame.cols);
      view.setUint16(3, frame.rows);
      return new Uint8Array(view.buffer);
    }
    case 'ack':
      return u48(OPCODE.ack, frame.offset);
    case 'command':
      return json(OPCODE.command, frame.command);
  }
}

/** The bytes of the result share memory with `data`. */
export function decodeServerFrame(data: Uint8Array): ServerFrame | null {
  switch (data[0]) {
    case OPCODE.output:
      return { type: 'output', bytes: data.subarray(1) };
    case OPCODE.snapshot: {
      const offset = data.length >= 7 ? readU48(data) : null;
      return offset === null ? null : { type: 'snapshot', offset, bytes: data.subarray(7) };
    }
    case OPCODE.taken: {
      const inputBytes = data.length === 7 ? readU48(data) : null;
      return inputBytes === null ? null : { type: 'taken', inputBytes };
    }
    case OPCODE.control: {
      const control = TerminalControl.safeParse(readJson(data));
      return control.success ? { type: 'control', control: control.data } : null;
    }
    default:
      return null;
  }
}

/** The bytes of the result share memory with `data`. */
export function decodePageFrame(data: Uint8Array): PageFrame | null {
  switch (data[0]) {
    case OPCODE.input:
      if (data.length < 2 || data.length > 1 + TERMINAL_LIMITS.inputChunkBytes) return null;
      return { type: 'input', bytes: data.subarray(1) };
    case OPCODE.resize:
      return data.length === 5 ? readResize(data) : null;
    case OPCODE.ack: {
      const offset = data.length === 7 ? readU48(data) : null;
      return offset === null ? null : { type: 'ack', offset };
    }
    case OPCODE.command: {
      const command = TerminalCommand.safeParse(readJson(data));
      return command.success ? { type: 'command', command: command.data } : null;
    }
    default:
      return null;
  }
}

function readResize(data: Uint8Array): PageFrame | null {
  const view = viewOf(data);
  const cols = view.getUint16(1);
  const rows = view.getUint16(3);
  if (cols < 2 || cols > TERMINAL_LIMITS.maxCols || rows < 1 || rows > TERMINAL_LIMITS.maxRows) return null;
  return { type: 'resize', cols, rows };
}

function withOpcode(opcode: number, payload: Uint8Array): Bytes {
  const bytes = new Uint8Array(1 + payload.length);
  bytes[0] = opcode;
  bytes.set(payload, 1);
  return bytes;
}

function u48(opcode: number, value: number): Bytes {
  const view = new DataView(new ArrayBuffer(7));
  view.setUint8(0, opcode);
  view.setUint16(1, Math.floor(value / 2 ** 32));
  view.setUint32(3, value % 2 ** 32);
  return new Uint8Array(view.buffer);
}

function readU48(data: Uint8Array): number {
  const view = viewOf(data);
  return view.getUint16(1) * 2 ** 32 + view.getUint32(3);
}

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

/** ASCII needs no encoder, which differs between browser and server typings. */
function json(opcode: number, value: unknown): Bytes {
  const toEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const text = JSON.stringify(value).replace(/[\u007f-\uffff]/g, toEscape);
  const bytes = new Uint8Array(1 + text.length);
  bytes[0] = opcode;
  for (let at = 0; at < text.length; at += 1) bytes[at + 1] = text.charCodeAt(at);
  return bytes;
}

function readJson(data: Uint8Array): unknown {
  let text = '';
  for (const byte of data.subarray(1)) {
    if (byte > 0x7e) return undefined;
    text += String.fromCharCode(byte);
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
