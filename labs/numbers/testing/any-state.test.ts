import { describe, expect, test } from 'vitest';
import type { CheckContext } from '#contract/check.ts';
import { courseCatalog, outcomesOf, readRecording } from '../../../server/testing/recordings.ts';

/** Where a learner may come from: no swarm, services by hand, an update under way, another exercise's end. */
const STATES = [
  'untouched',
  'services-by-hand',
  'scaled-by-hand',
  'v1-deployed',
  'v2-updating',
  'v2-paused',
  'v2-healed',
  'v3-completed',
  'v5-rolled-back',
  'rolled-back-at-once',
  'rolled-back-by-hand',
];

const silent = (context: CheckContext): CheckContext => ({
  ...context,
  history: [],
  snapshot: {
    ...context.snapshot,
    swarms: [],
    labNodes: context.snapshot.labNodes.map((node) => ({ ...node, answers: false, containers: [] })),
  },
});

describe.each(STATES)('%s', (name) => {
  const recording = readRecording('numbers', name);

  test('every check of the lab says something and breaks nowhere', async () => {
    for (const { id } of (await courseCatalog()).lab('numbers')?.exercises ?? []) {
      for (const context of [recording, { ...recording, history: [] }, silent(recording)]) {
        for (const outcome of await outcomesOf(id, context)) {
          const isMute = outcome.verdict !== 'passed' && outcome.message === null;
          expect(isMute, `${id} ${outcome.id}`).toBe(false);
        }
      }
    }
  });
});
