import type { FigureSheet } from '../harness/figure-sheet.ts';
import { WALL_VARIANTS } from '../product/wall-variants.ts';

/** The product's own labs, with the whole wall and without a part; then two nodes that somebody starts by hand. */
export const NODE_ARMS = [...WALL_VARIANTS, 'docker run', 'no wall'] as const;
export type NodeArm = (typeof NODE_ARMS)[number];
export const WHOLE = 'whole';

/** The same samples of ours stand beside each of the others. */
export function nameBeside(what: string, baseline: string): string {
  return `${what}-over-${baseline.replaceAll(' ', '-')}`;
}

type Note = (name: string, side: 'ours' | 'baseline') => void;

function each(what: string, arm: NodeArm, others: readonly NodeArm[], note: Note): void {
  if (arm !== WHOLE) note(nameBeside(what, arm), 'baseline');
  else for (const other of others) note(nameBeside(what, other), 'ours');
}

/** @param others arms that have this figure, too */
export function sampleBeside(
  sheet: FigureSheet,
  { what, arm, others }: { what: string; arm: NodeArm; others: readonly NodeArm[] },
  value: number,
): void {
  each(what, arm, others, (name, side) => sheet.sample(name, side, value));
}

export function failBeside(
  sheet: FigureSheet,
  { what, arm, others }: { what: string; arm: NodeArm; others: readonly NodeArm[] },
  reason: string,
): void {
  each(what, arm, others, (name, side) => sheet.fail(name, side, reason));
}
