/**
 * What the learner's hand has done to a lab node. `off`: killed, as by a cut power cable. `frozen`: every process
 * stands still. `unplugged`: it runs, but no frame leaves or reaches it.
 */
export const NODE_CONDITIONS = ['on', 'off', 'frozen', 'unplugged'] as const;
export type NodeCondition = (typeof NODE_CONDITIONS)[number];
