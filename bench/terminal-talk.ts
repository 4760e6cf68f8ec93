import { setTimeout as delay } from 'node:timers/promises';
import { type Wait, within } from './harness/wait.ts';
import type { TerminalLink } from './terminal-link.ts';

/** Enough to hold a prompt with all its colours and marks. */
const TAIL_CHARS = 2048;

/** When the shell's prompt stands there, as `performance.now()`. */
export async function promptSeen(link: TerminalLink, wait: Omit<Wait, 'what'>): Promise<number> {
  return outputEndsWith(link, { ...wait, what: 'the shell prompt' }, hasPrompt);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences are made of them
const END_OF_PROMPT = /\x1b\]133;B(?:\x07|\x1b\\)\s*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences are made of them
const SEQUENCE = /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()][A-Z0-9]|\x1b[=>]/g;

/** A prompt's last mark (OSC 133;B), or visible text that ends like a prompt: a restored screen has no marks. */
export function hasPrompt(tail: string): boolean {
  return END_OF_PROMPT.test(tail) || /[$#]\s*$/.test(tail.replace(SEQUENCE, ''));
}

/** Types one key and waits for it to come back. @returns milliseconds */
export async function echoMs(link: TerminalLink, key: string, wait: Omit<Wait, 'what'>): Promise<number> {
  const code = key.charCodeAt(0);
  const echoed = Promise.withResolvers<number>();
  link.listen((bytes) => {
    if (bytes.includes(code)) echoed.resolve(performance.now());
  });
  const typedAtMs = performance.now();
  link.type(key);
  try {
    return (await within({ ...wait, what: 'the echo of a key' }, echoed.promise)) - typedAtMs;
  } finally {
    link.listen(null);
  }
}

export interface BulkResult {
  readonly bytes: number;
  readonly ms: number;
}

/** Runs a command that prints much and then `endMark`, which must not stand in the command as typed. */
export async function bulkOutput(
  link: TerminalLink,
  command: string,
  endMark: string,
  wait: Omit<Wait, 'what'>,
): Promise<BulkResult> {
  const ended = Promise.withResolvers<number>();
  const decoder = new TextDecoder('latin1');
  let bytes = 0;
  let tail = '';
  link.listen((chunk) => {
    bytes += chunk.length;
    tail = (tail + decoder.decode(chunk.subarray(-TAIL_CHARS))).slice(-TAIL_CHARS);
    if (tail.includes(endMark)) ended.resolve(performance.now());
  });
  const startedAtMs = performance.now();
  link.type(`${command}\r`);
  try {
    const endedAtMs = await within({ ...wait, what: 'the end of bulk output' }, ended.promise);
    return { bytes, ms: endedAtMs - startedAtMs };
  } finally {
    link.listen(null);
  }
}

/** Runs a command and waits until `endMark` was printed and the prompt is back. */
export async function runToPrompt(
  link: TerminalLink,
  command: string,
  wait: Omit<Wait, 'what'>,
): Promise<void> {
  // The typed line itself ends in `$ ` when the shell redraws it, so a mark of our own comes first.
  const seen = promptAfter(link, 'bench-done', { ...wait, what: `"${command.slice(0, 40)}" to end` });
  link.type(`${command}; printf 'bench-%s\\n' done\r`);
  await seen;
}

async function promptAfter(link: TerminalLink, mark: string, wait: Wait): Promise<number> {
  return outputEndsWith(link, wait, (tail) => {
    const at = tail.lastIndexOf(mark);
    return at >= 0 && hasPrompt(tail.slice(at + mark.length));
  });
}

async function outputEndsWith(
  link: TerminalLink,
  wait: Wait,
  test: (tail: string) => boolean,
): Promise<number> {
  const seen = Promise.withResolvers<number>();
  const decoder = new TextDecoder();
  let tail = '';
  link.listen((bytes) => {
    tail = (tail + decoder.decode(bytes, { stream: true })).slice(-TAIL_CHARS);
    if (test(tail)) seen.resolve(performance.now());
  });
  try {
    return await within(wait, seen.promise);
  } finally {
    link.listen(null);
  }
}

/** Throws away what comes in this time. */
export async function drain(link: TerminalLink, forMs: number): Promise<void> {
  link.listen(() => {});
  await delay(forMs);
  link.listen(null);
}
