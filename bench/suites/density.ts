import { measureDensity } from './density-labs.ts';
import type { Suite } from './suite.ts';

/** What a lab costs when many of them stand side by side, running and paused, and how many a machine of 24 GiB holds. */
export const densitySuite: Suite = {
  name: 'density',
  figures: [
    { name: 'lab-memory-marginal', unit: 'MiB', baseline: 'docker run' },
    { name: 'lab-memory-in-container', unit: 'MiB', baseline: null },
    { name: 'lab-memory-around', unit: 'MiB', baseline: null },
    { name: 'lab-memory-paused', unit: 'MiB', baseline: null },
    { name: 'idle-lab-memory-paused', unit: 'MiB', baseline: null, goals: [{ of: 'median', atMost: 60 }] },
    { name: 'lab-cpu-running', unit: 'ms/s', baseline: null },
    { name: 'lab-cpu-paused', unit: 'ms/s', baseline: null, goals: [{ of: 'median', atMost: 0 }] },
    { name: 'labs-in-24-gib-running', unit: 'labs', baseline: null, goals: [{ of: 'median', atLeast: 60 }] },
    { name: 'labs-in-24-gib-paused', unit: 'labs', baseline: null, goals: [{ of: 'median', atLeast: 120 }] },
    { name: 'labs-per-core-running', unit: 'labs', baseline: null },
  ],
  measure: measureDensity,
};
