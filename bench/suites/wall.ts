import type { FigureSpec } from '../harness/figure-sheet.ts';
import type { Suite } from './suite.ts';
import { NODE_ARMS, nameBeside, WHOLE } from './wall-arms.ts';
import { measureNodes } from './wall-nodes.ts';
import { measureServerSplit } from './wall-server.ts';

const beside = (what: string, unit: FigureSpec['unit'], arms: readonly string[]): FigureSpec[] =>
  arms.map((baseline) => ({ name: nameBeside(what, baseline), unit, baseline }));

const without = NODE_ARMS.filter((arm) => arm !== WHOLE);
const withShell = without.filter((arm) => arm !== 'no wall');

/** What the wall costs: a lab node as the product starts it, beside the same one without single parts. */
export const wallSuite: Suite = {
  name: 'wall',
  figures: [
    ...beside('node-start', 'ms', without),
    ...beside('node-memory-idle', 'MiB', without),
    ...beside('node-echo', 'ms', withShell),
    { name: 'server-start', unit: 'ms', baseline: 'one process' },
    { name: 'server-memory', unit: 'MiB', baseline: 'one process' },
    { name: 'server-rss', unit: 'MiB', baseline: 'one process' },
    { name: 'healthz-answer', unit: 'ms', baseline: 'one process' },
  ],
  measure: async (context) => {
    await measureNodes(context);
    await measureServerSplit(context);
  },
};
