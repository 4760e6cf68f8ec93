import { measurePreparation } from './prepare-timings.ts';
import { measureResets } from './reset-timings.ts';
import type { Suite } from './suite.ts';

const BY_HAND = 'docker rm + run';

/** A fresh lab in the place of a used one, and one that is where an exercise begins. */
export const resetSuite: Suite = {
  name: 'reset',
  figures: [
    { name: 'reset-to-prompt-warm', unit: 'ms', baseline: BY_HAND, goals: [{ of: 'p95', atMost: 400 }] },
    { name: 'reset-to-prompt-cold', unit: 'ms', baseline: BY_HAND, goals: [{ of: 'p95', atMost: 2_000 }] },
    { name: 'prepare-exercise-warm', unit: 'ms', baseline: 'clean up in place' },
    { name: 'prepare-exercise-cold', unit: 'ms', baseline: 'clean up in place' },
  ],
  measure: async (context) => {
    await measureResets(context);
    await measurePreparation(context);
  },
};
