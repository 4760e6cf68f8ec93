import type { LabNodeRef, LabShell, RunScript } from '../ports.ts';

/** Runs no script: the test says how each one ends and what it prints. */
export class FakeShell implements Pick<LabShell, 'run'> {
  readonly ran: { node: string; script: string }[] = [];
  exitCode = 0;
  prints = '';
  /** Set to keep scripts from ending before their signal aborts. */
  hangs = false;

  async run(
    node: LabNodeRef,
    { script, onOutput }: RunScript,
    signal: AbortSignal,
  ): Promise<{ exitCode: number; output: string }> {
    this.ran.push({ node: node.name, script });
    onOutput?.(Buffer.from(this.prints));
    if (this.hangs)
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
    return { exitCode: this.exitCode, output: this.prints };
  }
}
