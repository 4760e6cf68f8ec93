import type { HistoryEntry, HistoryFact } from '#contract/swarm-history.ts';
import type { LabNodeView, LabSnapshot } from '#contract/swarm-snapshot.ts';

/** Managers that stopped or began to answer for their cluster, and which ones do not answer now. */
export function controlFacts(
  refusing: ReadonlySet<string>,
  now: LabSnapshot,
): { facts: HistoryFact[]; refusing: ReadonlySet<string> } {
  const facts: HistoryFact[] = [];
  const after = new Set(refusing);
  for (const node of now.labNodes) {
    if (hasNoLeader(node) && !after.has(node.name)) {
      after.add(node.name);
      facts.push({ type: 'control', labNode: node.name, answers: false, error: node.controlError });
    } else if (after.has(node.name) && isAnsweredFor(node, now)) {
      after.delete(node.name);
      facts.push({ type: 'control', labNode: node.name, answers: true, error: null });
    }
  }
  return { facts, refusing: after };
}

/** A slow engine gives an error as well: only the swarm's own words count. */
function hasNoLeader(node: LabNodeView): boolean {
  return node.answers && node.controlError !== null && /\bleader\b/i.test(node.controlError);
}

/** Any manager that answers for the cluster proves that it has a leader; usually only one is asked. */
function isAnsweredFor(node: LabNodeView, { swarms }: LabSnapshot): boolean {
  return (
    node.answers &&
    node.controlError === null &&
    swarms.some((swarm) => swarm.askedNode === node.name || swarm.clusterId === node.clusterId)
  );
}

/** After a restart of the server: as the last entries say. */
export function refusingFromHistory(history: readonly HistoryEntry[]): Set<string> {
  const refusing = new Set<string>();
  for (const entry of history) {
    if (entry.type !== 'control') continue;
    if (entry.answers) refusing.delete(entry.labNode);
    else refusing.add(entry.labNode);
  }
  return refusing;
}
