import { measurePages } from './page-visits.ts';
import type { Suite } from './suite.ts';

/** What a page weighs and how it comes up, in a browser with an empty cache. */
export const pageSuite: Suite = {
  name: 'page',
  figures: [
    { name: 'lesson-weight', unit: 'kB', baseline: null, goals: [{ of: 'median', atMost: 60 }] },
    { name: 'lesson-weight-with-terminal', unit: 'kB', baseline: null },
    { name: 'instructor-weight', unit: 'kB', baseline: null },
    { name: 'lesson-transferred', unit: 'kB', baseline: 'uncompressed' },
    { name: 'lesson-fonts', unit: 'kB', baseline: null },
    { name: 'lesson-first-paint', unit: 'ms', baseline: 'empty page' },
    { name: 'lesson-largest-paint', unit: 'ms', baseline: 'empty page' },
    { name: 'lesson-layout-shift', unit: 'shift', baseline: null, goals: [{ of: 'p95', atMost: 0.02 }] },
    {
      name: 'lesson-layout-shift-with-terminal',
      unit: 'shift',
      baseline: null,
      goals: [{ of: 'p95', atMost: 0.02 }],
    },
    { name: 'click-to-painted-prompt', unit: 'ms', baseline: null },
  ],
  measure: measurePages,
};
