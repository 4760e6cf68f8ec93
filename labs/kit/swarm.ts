import type { CheckContext, CheckResult } from '#contract/check.ts';
import type { LabNodeView, SwarmView } from '#contract/swarm-snapshot.ts';
import { errored, failed, pending } from './results.ts';

/** Messages that {@link withSwarm} may give. */
export const SWARM_MESSAGES = [
  'no-answer',
  'no-leader',
  'swarm-off',
  'swarm-starting',
  'swarm-locked',
] as const;
export type SwarmMessage = (typeof SWARM_MESSAGES)[number];

/** Judges the first swarm that a manager answered for, or says why there is none to judge. */
export function withSwarm<M extends string>(
  context: CheckContext,
  judge: (swarm: SwarmView) => CheckResult<M>,
): CheckResult<M | SwarmMessage> {
  const swarm = context.snapshot.swarms[0];
  return swarm === undefined ? whyNoSwarm(context.snapshot.labNodes) : judge(swarm);
}

function whyNoSwarm(labNodes: readonly LabNodeView[]): CheckResult<SwarmMessage> {
  const answering = labNodes.filter((node) => node.answers);
  if (answering.length === 0) return errored('no-answer', {}, { nodes: labNodes.map((node) => node.name) });
  const leaderless = answering.find((node) => node.controlError !== null);
  if (leaderless) return errored('no-leader', {}, { node: leaderless.name, error: leaderless.controlError });
  const states = answering.map((node) => node.swarmState);
  if (states.includes('locked')) return failed('swarm-locked');
  if (states.includes('pending')) return pending('swarm-starting');
  return failed('swarm-off', {}, { swarm: states[0] ?? null });
}
