import type { HistoryFact } from '#contract/swarm-history.ts';
import type { LabSnapshot, SwarmNode, SwarmView } from '#contract/swarm-snapshot.ts';

/** Members of the swarm that joined, changed or left. */
export function memberFacts(before: SwarmView | null, now: SwarmView): HistoryFact[] {
  const earlier = new Map(before?.nodes.map((node) => [node.id, memberFact(node)]));
  const facts = now.nodes
    // A member that joined a moment ago has told nobody its name yet.
    .filter((node) => node.hostname !== '')
    .map((node) => ({ id: node.id, fact: memberFact(node) }))
    .filter(({ id, fact }) => JSON.stringify(earlier.get(id)) !== JSON.stringify(fact))
    .map(({ fact }) => fact);
  const present = new Set(now.nodes.map((node) => node.id));
  const gone = before?.nodes.filter((node) => !present.has(node.id)) ?? [];
  return [...facts, ...gone.map((node): HistoryFact => ({ type: 'node-removed', node: node.hostname }))];
}

function memberFact(node: SwarmNode): HistoryFact {
  const { role, availability, state, leader, reachability } = node;
  return { type: 'node-changed', node: node.hostname, role, availability, state, leader, reachability };
}

/** Lab nodes that entered or left a swarm. A node that does not answer tells nothing. */
export function swarmStateFacts(before: LabSnapshot | null, now: LabSnapshot): HistoryFact[] {
  return now.labNodes.flatMap((node): HistoryFact[] => {
    const earlier = before?.labNodes.find((candidate) => candidate.name === node.name);
    if (!node.answers || earlier?.answers === false) return [];
    const old = earlier?.swarmState ?? 'inactive';
    if (old === node.swarmState) return [];
    return [{ type: 'swarm-state', labNode: node.name, old, new: node.swarmState }];
  });
}
