import type { CheckContext, CheckResult } from '#contract/check.ts';
import type {
  LabNodeView,
  LabSnapshot,
  SwarmNode,
  SwarmService,
  SwarmTask,
  SwarmView,
} from '#contract/swarm-snapshot.ts';
import { errored, failed } from './results.ts';
import { liveTasks } from './tasks.ts';

export function labNode(snapshot: LabSnapshot, name: string): LabNodeView | null {
  return snapshot.labNodes.find((node) => node.name === name) ?? null;
}

/**
 * The member that a lab node is now. Host names do not tell: a node that left and came back is listed twice. For a node
 * that does not answer, the only member of its name.
 */
export function memberOf(snapshot: LabSnapshot, swarm: SwarmView, name: string): SwarmNode | null {
  const node = labNode(snapshot, name);
  if (node?.answers) return swarm.nodes.find((member) => member.id === node.swarmNodeId) ?? null;
  const namesakes = membersNamed(swarm, name);
  return namesakes.length === 1 ? (namesakes[0] ?? null) : null;
}

/** Everything that a swarm lists under this host name, also members that left. */
export function membersNamed(swarm: SwarmView, name: string): SwarmNode[] {
  return swarm.nodes.filter((member) => member.hostname === name);
}

/** Members listed under the name of a lab node that is none of them any more: they left without being removed. */
export function departedMembers(snapshot: LabSnapshot, swarm: SwarmView, name: string): SwarmNode[] {
  const node = labNode(snapshot, name);
  if (!node?.answers) return [];
  return membersNamed(swarm, name).filter((member) => member.id !== node.swarmNodeId);
}

/** Listed managers, also those that do not answer: they all count for the quorum. */
export function managersOf(swarm: SwarmView): SwarmNode[] {
  return swarm.nodes.filter((member) => member.role === 'manager');
}

/** The role that counts: a member promoted a moment ago votes once it is reachable. */
export function isReachableManager(member: SwarmNode): boolean {
  return member.role === 'manager' && member.reachability === 'reachable';
}

const ENDED = new Set(['complete', 'shutdown', 'failed', 'rejected', 'remove', 'orphaned']);

/** Tasks that a member still has, whether they start, run or end. */
export function tasksStillOn(swarm: SwarmView, member: SwarmNode): SwarmTask[] {
  return swarm.tasks.filter((task) => task.nodeId === member.id && !ENDED.has(task.state));
}

/** Live tasks of a service by host name of the node, for nodes that could have one; 0 where there is none. */
export function liveTasksByNode(swarm: SwarmView, service: SwarmService): Record<string, number> {
  const live = liveTasks(swarm, service);
  const able = swarm.nodes.filter((member) => member.state === 'ready' && member.availability === 'active');
  return Object.fromEntries(
    able.map((member) => [member.hostname, live.filter((task) => task.nodeId === member.id).length]),
  );
}

/** The cluster of a lab node, as one of its managers tells it. */
export function swarmOf(snapshot: LabSnapshot, name: string): SwarmView | null {
  const clusterId = labNode(snapshot, name)?.clusterId ?? null;
  if (clusterId === null) return null;
  return snapshot.swarms.find((swarm) => swarm.clusterId === clusterId) ?? null;
}

/** Messages that {@link withSwarmOf} may give. */
export const NODE_SWARM_MESSAGES = ['node-silent', 'node-no-leader', 'node-not-in-swarm'] as const;
export type NodeSwarmMessage = (typeof NODE_SWARM_MESSAGES)[number];

/** Judges the cluster of one lab node, for labs with several; says why there is none to judge. */
export function withSwarmOf<M extends string>(
  { snapshot }: CheckContext,
  name: string,
  judge: (swarm: SwarmView) => CheckResult<M>,
): CheckResult<M | NodeSwarmMessage> {
  const swarm = swarmOf(snapshot, name);
  if (swarm !== null) return judge(swarm);
  const node = labNode(snapshot, name);
  if (!node?.answers) return errored('node-silent', { node: name });
  if (node.swarmState === 'inactive') return failed('node-not-in-swarm', { node: name });
  return errored('node-no-leader', { node: name }, { error: node.controlError ?? node.error });
}
