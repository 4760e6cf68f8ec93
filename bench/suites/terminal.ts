import type { FigureSpec } from '../harness/figure-sheet.ts';
import type { Goal } from '../harness/goal.ts';
import { measureEchoAndBulk } from './echo-and-bulk.ts';
import type { Suite } from './suite.ts';
import { measureTerminalMemory } from './terminal-memory.ts';

const EXEC = 'docker exec -it';
const LOCAL = 'local bash';

function besideBoth(
  name: string,
  unit: FigureSpec['unit'],
  goals: { readonly exec?: Goal; readonly floor?: Goal } = {},
): FigureSpec[] {
  const list = (goal: Goal | undefined): Goal[] => (goal === undefined ? [] : [goal]);
  return [
    { name, unit, baseline: EXEC, goals: list(goals.exec) },
    { name: `${name}-over-floor`, unit, baseline: LOCAL, goals: list(goals.floor) },
  ];
}

export const terminalSuite: Suite = {
  name: 'terminal',
  figures: [
    ...besideBoth('keystroke-echo', 'ms', {
      exec: { of: 'ratio', atMost: 0.6 },
      floor: { of: 'ratio', atMost: 1.25 },
    }),
    ...besideBoth('keystroke-echo-p99', 'ms'),
    ...besideBoth('bulk-output', 'MB/s', { exec: { of: 'ratio', atLeast: 1.3 } }),
    ...besideBoth('terminal-memory', 'MiB'),
    { name: 'terminal-memory-server', unit: 'MiB', baseline: EXEC },
    { name: 'terminal-memory-node', unit: 'MiB', baseline: EXEC },
    {
      name: 'terminal-memory-server-replay',
      unit: 'MiB',
      baseline: EXEC,
      goals: [{ of: 'median', atMost: 1.5 }],
    },
  ],
  measure: async (context) => {
    await measureEchoAndBulk(context);
    await measureTerminalMemory(context);
  },
};
