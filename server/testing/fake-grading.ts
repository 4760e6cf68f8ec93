import type { ExerciseVerdict, NodeStatus, StartComparison, Waiting } from '#contract/api.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import type { LabPort } from '#contract/preview.ts';
import type { SwarmMap } from '#contract/swarm-map.ts';
import type { GradedSession, SessionGrading, StartGrading } from '../domain/session-grading.ts';

/** Grading whose verdict the test decides. */
export class FakeGrading implements SessionGrading {
  readonly session: GradedSession;
  activated: string[] = [];
  passed = false;
  suspended = false;
  disposed = false;
  /** Whether every exercise's start counts as reached. */
  atStart = true;
  shown: { nodes: readonly NodeStatus[]; waiting: readonly Waiting[]; map: SwarmMap | null } = {
    nodes: [],
    waiting: [],
    map: null,
  };
  readonly switched: { node: string; to: NodeCondition }[] = [];

  constructor(session: GradedSession) {
    this.session = session;
  }

  async activate(exerciseId: string): Promise<void> {
    this.activated.push(exerciseId);
  }
  verdict(): ExerciseVerdict | null {
    const exercise = this.activated.at(-1);
    if (exercise === undefined) return null;
    const { generation } = this.session;
    return { exercise, passed: this.passed, completedAtMs: null, checks: [], evaluatedAtMs: 0, generation };
  }
  async check(): Promise<ExerciseVerdict> {
    const verdict = this.verdict();
    if (verdict === null) throw new Error('no exercise is active');
    return verdict;
  }
  async answer(): Promise<ExerciseVerdict> {
    return this.check();
  }
  async compareStart(exercise: string): Promise<StartComparison> {
    const differences = this.atStart ? [] : [{ ko: '서비스가 없어요.', en: 'The service is missing.' }];
    return { exercise, verdict: this.atStart ? 'same' : 'differs', differences };
  }
  async startReached(): Promise<boolean> {
    return this.atStart;
  }
  recordPower(node: string, to: NodeCondition): void {
    this.switched.push({ node, to });
  }
  nodes(): readonly NodeStatus[] {
    return this.shown.nodes;
  }
  waiting(): readonly Waiting[] {
    return this.shown.waiting;
  }
  map(): SwarmMap | null {
    return this.shown.map;
  }
  ports(): readonly LabPort[] {
    return [];
  }
  suspend(): void {
    this.suspended = true;
  }
  resume(): void {
    this.suspended = false;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.disposed = true;
  }
}

export function fakeGrading() {
  const started: FakeGrading[] = [];
  const start: StartGrading = (session) => {
    const grading = new FakeGrading(session);
    fake.whenStarted(grading);
    started.push(grading);
    return grading;
  };
  const fake = { started, start, whenStarted: (_grading: FakeGrading): void => {} };
  return fake;
}
