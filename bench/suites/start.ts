import { measureLabMemory } from './lab-memory.ts';
import { BOOT_PARTS, COLD_PARTS, measureTimings } from './start-timings.ts';
import type { Suite } from './suite.ts';
import { measureSwarms } from './swarm-timings.ts';

const HAND_MADE = 'docker run';
const SETUP = 'set-up by hand';
const EMPTY_SERVER = 'empty HTTP server';

export const startSuite: Suite = {
  name: 'start',
  figures: [
    { name: 'click-to-prompt-warm', unit: 'ms', baseline: HAND_MADE, goals: [{ of: 'p95', atMost: 250 }] },
    {
      name: 'click-to-prompt-cold',
      unit: 'ms',
      baseline: HAND_MADE,
      goals: [{ of: 'median', atMost: 1_500 }],
    },
    {
      name: 'click-to-prompt-cold-over-setup',
      unit: 'ms',
      baseline: SETUP,
      goals: [{ of: 'ratio', atMost: 0.5 }],
    },
    ...COLD_PARTS.map((part) => ({ name: `cold-${part}`, unit: 'ms', baseline: null }) as const),
    ...BOOT_PARTS.map((part) => ({ name: `cold-boot-${part}`, unit: 'ms', baseline: null }) as const),
    { name: 'swarm-of-3-ready-cold', unit: 'ms', baseline: SETUP },
    { name: 'swarm-of-5-ready-cold', unit: 'ms', baseline: SETUP, goals: [{ of: 'median', atMost: 4_000 }] },
    { name: 'lab-memory-idle', unit: 'MiB', baseline: HAND_MADE },
    { name: 'lab-memory-stack', unit: 'MiB', baseline: HAND_MADE },
    { name: 'server-rss-idle', unit: 'MiB', baseline: EMPTY_SERVER },
    { name: 'server-rss-lab', unit: 'MiB', baseline: EMPTY_SERVER },
  ],
  measure: async (context) => {
    await measureTimings(context);
    await measureSwarms(context);
    await measureLabMemory(context);
  },
};
