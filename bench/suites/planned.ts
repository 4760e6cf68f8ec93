import type { FigureSpec } from '../harness/figure-sheet.ts';
import type { Suite } from './suite.ts';

const planned = (name: string, figures: readonly FigureSpec[]): Suite => ({ name, figures, measure: null });
const ms = (name: string, baseline: string | null): FigureSpec => ({ name, unit: 'ms', baseline });

/** Suites whose place in the form is kept: their figures are reported as missing. */
export const plannedSuites: readonly Suite[] = [
  planned('class', [ms('burst-start-to-prompt', null), ms('keystroke-echo-under-load', null)]),
];
