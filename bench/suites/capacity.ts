import { measureCapacity, SIDE_BY_SIDE } from './capacity-rounds.ts';
import type { Suite } from './suite.ts';

const QUIET = 'quiet';

/** A whole class that starts at once, and one that is reset at once, beside a learner who types. */
export const capacitySuite: Suite = {
  name: 'capacity',
  figures: SIDE_BY_SIDE.flatMap((count) =>
    ['burst', 'reset'].flatMap((what) => [
      { name: `${what}-by-${count}-to-ready`, unit: 'ms', baseline: null } as const,
      { name: `${what}-by-${count}-all-ready`, unit: 'ms', baseline: null } as const,
      { name: `${what}-by-${count}-echo`, unit: 'ms', baseline: QUIET } as const,
      { name: `${what}-by-${count}-echo-p99`, unit: 'ms', baseline: QUIET } as const,
    ]),
  ),
  measure: measureCapacity,
};
