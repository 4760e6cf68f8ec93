import type { NodeStatus } from '#contract/api.ts';
import type { LabNodeView, LabSnapshot, SwarmNode } from '#contract/swarm-snapshot.ts';

/**
 * The lab's nodes as their clusters see them. A node is found by its id in the swarm: host names repeat when one left
 * and came back. A silent node is looked for under the id that it had when it last answered.
 */
export function nodeStatuses(snapshot: LabSnapshot, lastAnswers: readonly LabNodeView[]): NodeStatus[] {
  return snapshot.labNodes.map((node) => {
    const { name } = node;
    const known = node.answers ? node : lastAnswers.find((earlier) => earlier.name === name);
    const id = known?.swarmNodeId ?? null;
    const member = snapshot.swarms.flatMap((swarm) => swarm.nodes).find((candidate) => candidate.id === id);
    if (id !== null && member !== undefined) {
      return { name, role: roleOf(member), availability: member.availability, state: member.state };
    }
    if (node.answers && node.swarmState === 'inactive') {
      return { name, role: 'none', availability: null, state: null };
    }
    // Its cluster does not answer: that it is a manager is what the node itself goes on saying.
    const role = node.answers && node.controlAvailable ? 'manager' : 'unknown';
    return { name, role, availability: null, state: id === null && !node.answers ? null : 'unknown' };
  });
}

function roleOf({ role, leader }: SwarmNode): NodeStatus['role'] {
  return leader ? 'leader' : role;
}
