import type { FigureSheet } from '../harness/figure-sheet.ts';

/** `ours`: the product's terminal. `exec`: node-pty → docker exec -it. `local`: node-pty → bash on this machine. */
export type TerminalArm = 'ours' | 'exec' | 'local';
export const TERMINAL_ARMS: readonly TerminalArm[] = ['ours', 'exec', 'local'];

/** Each figure of the suite stands twice: beside `docker exec -it`, and as `…-over-floor` beside local bash. */
export function sampleArm(sheet: FigureSheet, figure: string, arm: TerminalArm, value: number): void {
  if (arm !== 'local') sheet.sample(figure, arm === 'ours' ? 'ours' : 'baseline', value);
  if (arm !== 'exec') sheet.sample(`${figure}-over-floor`, arm === 'ours' ? 'ours' : 'baseline', value);
}

export function failArm(sheet: FigureSheet, figure: string, arm: TerminalArm, reason: string): void {
  if (arm !== 'local') sheet.fail(figure, arm === 'ours' ? 'ours' : 'baseline', reason);
  if (arm !== 'exec') sheet.fail(`${figure}-over-floor`, arm === 'ours' ? 'ours' : 'baseline', reason);
}
