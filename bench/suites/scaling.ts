import { COUNTS, measureScaling } from './scaling-counts.ts';
import type { Suite } from './suite.ts';

/** What one learner notices while so many labs stand on the machine, the stack of 14.1 running in each. */
export const scalingSuite: Suite = {
  name: 'scaling',
  figures: COUNTS.flatMap((count) => [
    {
      name: `start-at-${count}`,
      unit: 'ms',
      baseline: null,
      goals: count === 40 ? [{ of: 'p95' as const, atMost: 3_000 }] : [],
    } as const,
    { name: `exec-at-${count}`, unit: 'ms', baseline: null } as const,
    { name: `echo-at-${count}`, unit: 'ms', baseline: null } as const,
    { name: `check-at-${count}`, unit: 'ms', baseline: null } as const,
  ]),
  measure: measureScaling,
};
