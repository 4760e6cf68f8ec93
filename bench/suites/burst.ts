import { BURST_POOLS, measureBursts } from './burst-rounds.ts';
import type { Suite } from './suite.ts';

/** A whole class that arrives within ten seconds, with pools of different size. */
export const burstSuite: Suite = {
  name: 'burst',
  figures: BURST_POOLS.flatMap((pool) => [
    { name: `pool-of-${pool}-click-to-prompt`, unit: 'ms', baseline: 'nobody else' } as const,
    { name: `pool-of-${pool}-all-at-work`, unit: 'ms', baseline: null } as const,
    {
      name: `pool-of-${pool}-overtaken`,
      unit: 'labs',
      baseline: null,
      goals: [{ of: 'median', atMost: 0 }],
    } as const,
  ]),
  measure: measureBursts,
};
