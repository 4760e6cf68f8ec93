import { measureClass } from './class-view.ts';
import type { Suite } from './suite.ts';

/** The class view of 200 learners: store, rules, routes and page are real, the labs were never started. */
export const classSuite: Suite = {
  name: 'class',
  figures: [
    { name: 'event-to-painted-cell', unit: 'ms', baseline: null, goals: [{ of: 'p95', atMost: 700 }] },
    { name: 'class-first-full-paint', unit: 'ms', baseline: null },
    { name: 'class-page-work', unit: 'ms/s', baseline: null },
    { name: 'class-page-work-at-rest', unit: 'ms/s', baseline: null },
    { name: 'class-page-weight', unit: 'kB', baseline: null },
    { name: 'class-first-state', unit: 'kB', baseline: null },
    { name: 'class-first-state-gzip', unit: 'kB', baseline: null },
    { name: 'class-server-cpu', unit: 'ms/s', baseline: 'nobody looks' },
    { name: 'class-server-memory', unit: 'MiB', baseline: 'nobody looks' },
  ],
  measure: measureClass,
};
