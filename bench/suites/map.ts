import { measureMap } from './map-lag.ts';
import type { Suite } from './suite.ts';

const POLL = 'poll every 5 s';

/** Ours: the lesson's page with its map. Baseline: a page that asks the same engine every five seconds. */
export const mapSuite: Suite = {
  name: 'map',
  figures: [
    { name: 'state-change-to-painted-map', unit: 'ms', baseline: POLL },
    { name: 'event-to-painted-map', unit: 'ms', baseline: POLL },
    { name: 'task-state-to-painted-map', unit: 'ms', baseline: POLL },
    { name: 'rollout-page-work', unit: 'ms/s', baseline: POLL },
    { name: 'rollout-server-cpu', unit: 'ms/s', baseline: null },
    { name: 'rest-server-cpu', unit: 'ms/s', baseline: null },
  ],
  measure: measureMap,
};
