import type { CheckContext, CheckResult } from '#contract/check.ts';
import type { LabSnapshot, SwarmView } from '#contract/swarm-snapshot.ts';
import { errored } from './results.ts';
import { type SwarmMessage, withSwarm } from './swarm.ts';

/**
 * The swarm that a lab of several nodes is about: the one with most of the lab's nodes in it, the first of equals. A
 * node that began a swarm of its own by mistake does not take its place.
 */
export function mainSwarm(snapshot: LabSnapshot): SwarmView | null {
  let main: SwarmView | null = null;
  for (const swarm of snapshot.swarms) {
    if (main === null || membersIn(snapshot, swarm) > membersIn(snapshot, main)) main = swarm;
  }
  return main;
}

/** Lab nodes that say that they are members of this swarm. Its own list may also name nodes that left. */
function membersIn({ labNodes }: LabSnapshot, swarm: SwarmView): number {
  return labNodes.filter((node) => swarm.nodes.some((member) => member.id === node.swarmNodeId)).length;
}

/** The same context with the main swarm in the first place, where {@link withSwarm} looks. */
function withMainSwarmFirst(context: CheckContext): CheckContext {
  const { snapshot } = context;
  const main = mainSwarm(snapshot);
  if (main === null || main === snapshot.swarms[0]) return context;
  const others = snapshot.swarms.filter((swarm) => swarm !== main);
  return { ...context, snapshot: { ...snapshot, swarms: [main, ...others] } };
}

/**
 * As {@link withSwarm}, for labs of several nodes: judges the main swarm. Where members are left but no manager that
 * could tell, nothing can be said, and nobody is told to begin a swarm.
 */
export function withMainSwarm<M extends string>(
  context: CheckContext,
  judge: (swarm: SwarmView) => CheckResult<M>,
): CheckResult<M | SwarmMessage> {
  const { labNodes, swarms } = context.snapshot;
  const member = labNodes.find((node) => node.answers && node.swarmState === 'active');
  if (swarms.length === 0 && member !== undefined) {
    return errored('no-leader', {}, { node: member.name, error: member.controlError ?? member.error });
  }
  return withSwarm(withMainSwarmFirst(context), judge);
}
