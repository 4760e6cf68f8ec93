import type { LabSessionView } from '#contract/api.ts';
import type { LabDefinition } from '#contract/definitions.ts';
import type { ClosedLabSession } from './stores.ts';

/** What is told of a lab session that is over. */
export function closedView(
  { id, labId, activeExerciseId, generation, closedAtMs, why }: ClosedLabSession,
  definition: LabDefinition,
): LabSessionView {
  return {
    id,
    lab: labId,
    nodes: definition.nodes.map(({ name }) => name),
    status: { state: 'closed', sinceMs: closedAtMs, ...(why ? { why } : {}) },
    conditions: {},
    terminals: [],
    activeExercise: activeExerciseId,
    generation,
  };
}
