import * as z from 'zod/mini';

/**
 * What the learner's hand has done to a lab node. `off`: killed, as by a cut power cable. `frozen`: every process
 * stands still. `unplugged`: it runs, but no frame leaves or reaches it.
 */
export const NodeCondition = z.enum(['on', 'off', 'frozen', 'unplugged']);
export type NodeCondition = z.infer<typeof NodeCondition>;

/** Every condition that is not `on`: what an exercise may forbid. */
export const NodeImpairment = z.enum(['off', 'frozen', 'unplugged']);
export type NodeImpairment = z.infer<typeof NodeImpairment>;

/** By node; nodes that are on are not named. */
export type NodeConditions = Readonly<Record<string, NodeImpairment>>;

export function conditionOf(conditions: NodeConditions, node: string): NodeCondition {
  return conditions[node] ?? 'on';
}

/** Whether one may follow the other at once. Only cutting the power works in any condition; everything else begins at `on`. */
export function mayFollow(from: NodeCondition, to: NodeCondition): boolean {
  return from === 'on' || to === 'on' || to === 'off';
}
