import { setTimeout as pause } from 'node:timers/promises';
import { spawn } from 'node-pty';
import type { Ground } from './ground.ts';
import type { AttackLab } from './lab.ts';

const ANSWER_DEADLINE_MS = 10_000;
const GAP_MS = 40;
const LINE_CHARS = 30;
const CLEAR_LINE = '\x15';

export interface EchoFigures {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Types into a terminal of a lab, the way the server's terminals are joined, and times each character's echo. */
export async function measureEcho(ground: Ground, lab: AttackLab, untilMs: number): Promise<EchoFigures> {
  const [node] = lab.environment.nodes;
  if (node === undefined) throw new Error('a lab without nodes');
  const id = `echo-${Date.now()}`;
  await ground.shell.start(node, id, { cols: 100, rows: 30 }, AbortSignal.timeout(30_000));
  const { file, args } = ground.shell.attachCommand(node, id);
  const pty = spawn(file, [...args], { cols: 100, rows: 30, encoding: null });
  let heard = (): void => {};
  let quietSinceMs = Date.now();
  pty.onData(() => {
    quietSinceMs = Date.now();
    heard();
  });
  try {
    // The prompt comes with the first attach; a shell is at its prompt when it has been silent for a while.
    for (const endMs = Date.now() + 5_000; Date.now() < endMs && Date.now() - quietSinceMs < 600; )
      await pause(50);
    const samples: number[] = [];
    while (Date.now() < untilMs) {
      const isFull = samples.length % LINE_CHARS === LINE_CHARS - 1;
      const startedAt = performance.now();
      const echoed = new Promise<void>((resolve) => {
        heard = resolve;
      });
      pty.write(isFull ? CLEAR_LINE : 'x');
      await Promise.race([echoed, pause(ANSWER_DEADLINE_MS)]);
      samples.push(performance.now() - startedAt);
      heard = () => {};
      await pause(GAP_MS);
    }
    return figuresOf(samples);
  } finally {
    pty.kill();
    await ground.shell.stop(node, id, AbortSignal.timeout(30_000)).catch(() => {});
  }
}

function figuresOf(samples: readonly number[]): EchoFigures {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
