import type { SwarmNode, SwarmTask, SwarmView } from '#contract/swarm-snapshot.ts';

/** Entries of the member list by host name. A node that left and joined again is listed twice. */
export function nodesNamed(swarm: SwarmView, hostname: string): SwarmNode[] {
  return swarm.nodes.filter((node) => node.hostname === hostname);
}

/** The entry that counts: the one that is there, else the first of those that are gone. */
export function nodeNamed(swarm: SwarmView, hostname: string): SwarmNode | null {
  const entries = nodesNamed(swarm, hostname);
  return entries.find((node) => node.state === 'ready') ?? entries[0] ?? null;
}

/** Members of the quorum, dead or alive. */
export function managersOf(swarm: SwarmView): SwarmNode[] {
  return swarm.nodes.filter((node) => node.role === 'manager');
}

/** A host name that stands in the list more than once. */
export function repeatedHostname(swarm: SwarmView): string | null {
  const names = swarm.nodes.map((node) => node.hostname);
  return names.find((name, index) => names.indexOf(name) !== index) ?? null;
}

/** Tasks whose program still runs on this node, wanted or not. */
export function tasksRunningOn(swarm: SwarmView, node: SwarmNode): SwarmTask[] {
  return swarm.tasks.filter((task) => task.nodeId === node.id && task.state === 'running');
}
