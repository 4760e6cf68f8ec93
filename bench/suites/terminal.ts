import type { FigureSpec } from '../harness/figure-sheet.ts';
import { measureEchoAndBulk } from './echo-and-bulk.ts';
import type { Suite } from './suite.ts';
import { measureTerminalMemory } from './terminal-memory.ts';

const EXEC = 'docker exec -it';
const LOCAL = 'local bash';

function besideBoth(name: string, unit: FigureSpec['unit']): FigureSpec[] {
  return [
    { name, unit, baseline: EXEC },
    { name: `${name}-over-floor`, unit, baseline: LOCAL },
  ];
}

export const terminalSuite: Suite = {
  name: 'terminal',
  figures: [
    ...besideBoth('keystroke-echo', 'ms'),
    ...besideBoth('keystroke-echo-p99', 'ms'),
    ...besideBoth('bulk-output', 'MB/s'),
    ...besideBoth('terminal-memory', 'MiB'),
    { name: 'terminal-memory-server', unit: 'MiB', baseline: EXEC },
    { name: 'terminal-memory-node', unit: 'MiB', baseline: EXEC },
    { name: 'terminal-memory-server-replay', unit: 'MiB', baseline: EXEC },
  ],
  measure: async (context) => {
    await measureEchoAndBulk(context);
    await measureTerminalMemory(context);
  },
};
