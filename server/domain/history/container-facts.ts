import type { HistoryFact } from '#contract/swarm-history.ts';
import type { LabSnapshot } from '#contract/swarm-snapshot.ts';

/** Containers of tasks that came, changed or went on the nodes that answer. The silence of a node ends nothing. */
export function containerFacts(before: LabSnapshot | null, now: LabSnapshot): HistoryFact[] {
  return now.labNodes.flatMap((node): HistoryFact[] => {
    if (!node.answers) return [];
    const earlier = before?.labNodes.find((candidate) => candidate.name === node.name)?.containers ?? [];
    const fact = (id: string, taskId: string, state: string): HistoryFact => ({
      type: 'container',
      labNode: node.name,
      containerId: id,
      taskId,
      state,
    });
    const changed = node.containers
      .filter(({ id, state }) => earlier.find((container) => container.id === id)?.state !== state)
      .map(({ id, taskId, state }) => fact(id, taskId, state));
    const gone = earlier
      .filter(({ id }) => node.containers.every((container) => container.id !== id))
      .map(({ id, taskId }) => fact(id, taskId, 'gone'));
    return [...changed, ...gone];
  });
}
