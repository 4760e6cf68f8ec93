import type { LabSessions } from '../lab-sessions.ts';
import type { LearnerLabs } from './roster.ts';

/** Labs of learners who leave, or who turn out to be one person. */
export function learnerLabs(sessions: Pick<LabSessions, 'listOf' | 'close'>): LearnerLabs {
  return {
    async closeAll(learnerId) {
      await Promise.all(sessions.listOf(learnerId).map((session) => sessions.close(session)));
    },

    async closeDoubles(from, to) {
      const kept = new Set(sessions.listOf(to).map(({ definition }) => definition.id));
      const doubles = sessions.listOf(from).filter(({ definition }) => kept.has(definition.id));
      await Promise.all(doubles.map((session) => sessions.close(session)));
    },

    handOver(from, to) {
      for (const session of sessions.listOf(from)) session.giveTo(to);
    },
  };
}
