import { measureLabMemory } from './lab-memory.ts';
import { measureTimings } from './start-timings.ts';
import type { Suite } from './suite.ts';

const HAND_MADE = 'docker run';
const HAND_MADE_RESET = 'docker rm + run';
const EMPTY_SERVER = 'empty HTTP server';

export const startSuite: Suite = {
  name: 'start',
  figures: [
    { name: 'click-to-prompt-warm', unit: 'ms', baseline: HAND_MADE },
    { name: 'click-to-prompt-cold', unit: 'ms', baseline: HAND_MADE },
    { name: 'reset-to-prompt-warm', unit: 'ms', baseline: HAND_MADE_RESET },
    { name: 'reset-to-prompt-cold', unit: 'ms', baseline: HAND_MADE_RESET },
    { name: 'lab-memory-idle', unit: 'MiB', baseline: HAND_MADE },
    { name: 'lab-memory-stack', unit: 'MiB', baseline: HAND_MADE },
    { name: 'server-rss-idle', unit: 'MiB', baseline: EMPTY_SERVER },
    { name: 'server-rss-lab', unit: 'MiB', baseline: EMPTY_SERVER },
  ],
  measure: async (context) => {
    await measureTimings(context);
    await measureLabMemory(context);
  },
};
