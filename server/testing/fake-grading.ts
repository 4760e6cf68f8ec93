import type { ExerciseVerdict } from '#contract/api.ts';
import type { GradedSession, SessionGrading, StartGrading } from '../domain/session-grading.ts';

/** Grading whose verdict the test decides. */
export class FakeGrading implements SessionGrading {
  readonly session: GradedSession;
  activated: string[] = [];
  passed = false;
  suspended = false;
  disposed = false;

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

export function fakeGrading(): { readonly started: FakeGrading[]; readonly start: StartGrading } {
  const started: FakeGrading[] = [];
  return {
    started,
    start: (session) => {
      const grading = new FakeGrading(session);
      started.push(grading);
      return grading;
    },
  };
}
