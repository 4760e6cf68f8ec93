import { measureIsolation } from './isolation-rounds.ts';
import type { Suite } from './suite.ts';

const QUIET = 'quiet';

/** Ours: with another learner's lab under attack. Baseline: the same server and labs, and nobody attacks. */
export const isolationSuite: Suite = {
  name: 'isolation',
  figures: [
    ...['neighbour-echo', 'neighbour-page', 'neighbour-api'].flatMap((name) => [
      { name, unit: 'ms', baseline: QUIET } as const,
      { name: `${name}-p99`, unit: 'ms', baseline: QUIET } as const,
    ]),
    { name: 'neighbour-change-to-verdict', unit: 'ms', baseline: QUIET },
    { name: 'attacker-reset-to-prompt', unit: 'ms', baseline: QUIET },
    { name: 'instructor-page', unit: 'ms', baseline: QUIET },
  ],
  measure: measureIsolation,
};
