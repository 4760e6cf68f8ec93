import type { DatabaseSync } from 'node:sqlite';
import { type CohortId, LearnerId } from '#contract/ids.ts';
import type { Catalog } from '../../server/catalog/catalog.ts';
import type { LabSession } from '../../server/domain/lab-session.ts';
import type { LabSessions } from '../../server/domain/lab-sessions.ts';
import { randomCode, randomId } from '../../server/random-id.ts';
import { SqliteEnrolmentStore } from '../../server/store/class/enrolment-store.ts';
import { SqliteProgressStore } from '../../server/store/progress-store.ts';
import type { SimulatedLab } from './simulated-lab.ts';
import { type CellNews, SimulatedLearner } from './simulated-learner.ts';

interface ClassParts {
  readonly database: DatabaseSync;
  readonly catalog: Catalog;
  readonly sessions: LabSessions;
  readonly cohortId: CohortId;
  readonly labOf: (session: LabSession) => SimulatedLab;
  readonly onNews: (news: CellNews) => void;
}

const FAMILY = '김이박최정강조윤장임한오서신권황안송류홍';
const GIVEN = [
  '민수',
  '서연',
  '지훈',
  '유진',
  '도윤',
  '하은',
  '예준',
  '수아',
  '시우',
  '지민',
  '건우',
  '채원',
];
const MINUTE_MS = 60_000;

/** Enrols learners who are somewhere in the chapter, most of them with a lab open. */
export async function seatClass(parts: ClassParts, count: number): Promise<SimulatedLearner[]> {
  const learners: SimulatedLearner[] = [];
  for (let index = 0; index < count; index++) learners.push(await seat(parts, index));
  return learners;
}

async function seat({ database, catalog, sessions, cohortId, labOf, onNews }: ClassParts, index: number) {
  const id = LearnerId.parse(randomId(16));
  const nowMs = Date.now();
  const name = `${FAMILY[index % FAMILY.length]}${GIVEN[(index * 7) % GIVEN.length]}${index < 60 ? '' : ` ${index}`}`;
  const returnCode = randomCode(12, 'ABCDEFGHJKMNPQRSTUVWXYZ23456789');
  // The last few have a seat and have not come yet.
  const isHere = index % 20 !== 19;
  const times = { createdAtMs: nowMs - 60 * MINUTE_MS, joinedAtMs: isHere ? nowMs - 50 * MINUTE_MS : null };
  new SqliteEnrolmentStore(database).add({ id, name, cohortId, returnCode, ...times });
  const learner = new SimulatedLearner({ id, sessions, labs: catalog.labs, labOf, onNews });
  if (!isHere) return learner;
  const exercises = catalog.exercises();
  // Most are near each other, some ahead, some behind.
  const reached = Math.min(
    Math.floor((index % 7) + (index % 3) + (index % 11 === 0 ? 8 : 2)),
    exercises.length - 1,
  );
  const progress = new SqliteProgressStore(database);
  for (const [position, exercise] of exercises.slice(0, reached).entries()) {
    if (position % 4 === index % 5) progress.showHints(id, exercise.id, 1);
    recordPass(progress, id, exercise, nowMs - (reached - position) * 3 * MINUTE_MS);
  }
  const next = exercises[reached];
  const lab = catalog.labs.find((one) => one.id === next?.lab);
  if (index % 13 !== 12 && lab !== undefined && next !== undefined) await learner.open(lab, next.id);
  return learner;
}

function recordPass(
  progress: SqliteProgressStore,
  learnerId: LearnerId,
  exercise: ReturnType<Catalog['exercises']>[number],
  atMs: number,
): void {
  const checks = exercise.checks.map(({ id }) => ({
    id,
    verdict: 'passed' as const,
    message: null,
    provenAtMs: null,
    waitsFor: null,
    seen: null,
  }));
  progress.record({
    learnerId,
    exerciseId: exercise.id,
    exerciseRevision: exercise.revision,
    labSessionId: randomId(16) as never,
    trigger: 'automatic',
    verdict: {
      exercise: exercise.id,
      passed: true,
      completedAtMs: atMs,
      checks,
      evaluatedAtMs: atMs,
      generation: 1,
    },
    atMs,
  });
}
