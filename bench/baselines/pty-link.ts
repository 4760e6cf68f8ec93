import { spawn } from 'node-pty';
import { within } from '../harness/wait.ts';
import { OutputPort, type TerminalLink } from '../terminal-link.ts';

const END_DEADLINE_MS = 3000;

/** A program on a pty of this process. @param farewell what makes it end by itself */
export function openPtyLink(
  [file = '', ...args]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  farewell: string,
): TerminalLink {
  const pty = spawn(file, args, {
    name: 'xterm-256color',
    cols: 100,
    rows: 30,
    encoding: null,
    env: { ...process.env, ...env },
  });
  const exited = Promise.withResolvers<void>();
  pty.onExit(() => exited.resolve());
  const output = new OutputPort();
  pty.onData((data) => output.push(Buffer.from(data)));
  return {
    type: (text) => pty.write(text),
    listen: (onBytes) => output.listen(onBytes),
    [Symbol.asyncDispose]: async () => {
      pty.write(farewell);
      const { signal } = new AbortController();
      const wait = { what: 'the shell to end', deadlineMs: END_DEADLINE_MS, signal };
      await within(wait, exited.promise).catch(() => pty.kill());
    },
  };
}
