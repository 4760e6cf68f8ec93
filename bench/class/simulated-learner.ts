import type { LearnerId } from '#contract/ids.ts';
import type { CatalogLab } from '../../server/catalog/catalog.ts';
import type { LabSession } from '../../server/domain/lab-session.ts';
import type { LabSessions } from '../../server/domain/lab-sessions.ts';
import type { SimulatedLab } from './simulated-lab.ts';

/** What a cell of the class view must show from now on. */
export interface CellNews {
  readonly key: string;
  readonly atMs: number;
}

interface LearnerParts {
  readonly id: LearnerId;
  readonly sessions: LabSessions;
  readonly labs: readonly CatalogLab[];
  readonly labOf: (session: LabSession) => SimulatedLab;
  readonly onNews: (news: CellNews) => void;
}

/** Does what a learner does, in labs that were never started. */
export class SimulatedLearner {
  readonly #parts: LearnerParts;
  #session: LabSession | null = null;
  #leave: (() => void) | null = null;
  #begun = '';

  constructor(parts: LearnerParts) {
    this.#parts = parts;
  }

  get id(): LearnerId {
    return this.#parts.id;
  }

  get hasLab(): boolean {
    return this.#session !== null;
  }

  /** Opens a lab as its page does; the exercise is the active one, and not begun. */
  async open(lab: CatalogLab, exercise: string): Promise<void> {
    const { sessions, id, labOf } = this.#parts;
    const session = await sessions.start(id, lab.id);
    await session.settled();
    await sessions.activate(session, exercise);
    this.#session = session;
    this.#leave = session.hold();
    labOf(session).tellNodes(session, []);
  }

  /** One of the things that a learner does, some more often than others. */
  act(chance = Math.random()): void {
    const session = this.#session;
    if (session === null || session.status.state !== 'ready') return;
    const lab = this.#parts.labOf(session);
    this.#work(session, lab);
    if (chance < 0.5) return;
    if (chance < 0.72) this.#step(session, lab, chance < 0.66 ? 1 : -1);
    else if (chance < 0.8) lab.attempt('button');
    else if (chance < 0.86)
      lab.tellNodes(session, chance < 0.83 ? [session.definition.nodes.at(-1)?.name ?? ''] : []);
    else this.#step(session, lab, Number.POSITIVE_INFINITY);
  }

  /** Nobody is at the page any more. */
  leave(): void {
    this.#leave?.();
    this.#leave = null;
  }

  /** Types; the first time in an exercise its cell shows that. */
  #work(session: LabSession, lab: SimulatedLab): void {
    const { id } = this.#parts;
    const exercise = lab.exercise?.id ?? '';
    if (exercise !== this.#begun && lab.verdict()?.completedAtMs === null)
      this.#note(`${id} ${exercise} trying`);
    this.#begun = exercise;
    session.touch();
  }

  #step(session: LabSession, lab: SimulatedLab, by: number): void {
    const { exercise } = lab;
    if (exercise === null) return;
    lab.met = Math.min(Math.max(lab.met + by, 0), exercise.checks.length);
    const isFirstPass = lab.met === exercise.checks.length && lab.verdict()?.completedAtMs !== null;
    if (!isFirstPass) {
      lab.tell();
      return;
    }
    this.#note(`${this.#parts.id} ${exercise.id} passed`);
    lab.attempt('automatic');
    lab.tell();
    lab.session.onProgress();
    void this.#goOn(session, exercise.id);
  }

  /** To the lab's next exercise, at last from the beginning. */
  async #goOn(session: LabSession, exercise: string): Promise<void> {
    const { exercises } = session.definition;
    const next = exercises[(exercises.indexOf(exercise) + 1) % exercises.length];
    if (next !== undefined) await this.#parts.sessions.activate(session, next);
  }

  #note(key: string): void {
    this.#parts.onNews({ key, atMs: performance.timeOrigin + performance.now() });
  }
}
