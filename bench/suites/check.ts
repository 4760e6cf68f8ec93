import { measureVerdicts } from './check-lag.ts';
import { measureObserving } from './observing-cost.ts';
import type { Suite } from './suite.ts';

const POLL = 'poll every 5 s';
const NO_LAB = 'no lab';

/** From a change of the swarm to the verdict that a learner sees, and what watching for it costs. */
export const checkSuite: Suite = {
  name: 'check',
  figures: [
    { name: 'state-change-to-verdict', unit: 'ms', baseline: null },
    {
      name: 'state-change-to-painted-verdict',
      unit: 'ms',
      baseline: POLL,
      goals: [{ of: 'p95', atMost: 700 }],
    },
    { name: 'observe-idle-server-cpu', unit: 'ms/s', baseline: NO_LAB },
    { name: 'observe-active-server-cpu', unit: 'ms/s', baseline: NO_LAB },
    { name: 'observe-paused-server-cpu', unit: 'ms/s', baseline: NO_LAB },
  ],
  measure: async (context) => {
    await measureVerdicts(context);
    await measureObserving(context);
  },
};
