import type {
  ExerciseVerdict,
  LabEvent,
  LabSessionState,
  LabSessionView,
  Progress,
  TerminalView,
} from '#contract/api.ts';
import type { LabDefinition } from '#contract/definitions.ts';
import type { LabSessionId, LearnerId } from '#contract/ids.ts';
import type { LabEnvironment } from '../ports.ts';
import { LabError } from './lab-error.ts';
import type { SessionGrading } from './session-grading.ts';
import type { StoredLabSession } from './stores.ts';

type Listener = (event: LabEvent) => void;

export interface LabSessionOptions {
  readonly id: LabSessionId;
  readonly learnerId: LearnerId;
  readonly definition: LabDefinition;
  readonly createdAtMs: number;
  readonly generation: number;
  readonly activeExercise: string | null;
  readonly nowMs: () => number;
  readonly terminals: (id: LabSessionId) => TerminalView[];
  readonly progress: (learnerId: LearnerId) => Progress;
  readonly onChange: (session: LabSession) => void;
}

/** One learner's running copy of a lab: its state, who watches it, and which environment it has now. */
export class LabSession {
  readonly id: LabSessionId;
  readonly learnerId: LearnerId;
  readonly definition: LabDefinition;
  readonly createdAtMs: number;
  readonly #options: LabSessionOptions;
  readonly #listeners = new Set<Listener>();
  #status: LabSessionState;
  #environment: LabEnvironment | null = null;
  #grading: SessionGrading | null = null;
  #generation: number;
  #activeExercise: string | null;
  #connections = 0;
  #lastSeenAtMs: number;
  #operation: Promise<void> | null = null;

  constructor(options: LabSessionOptions) {
    this.id = options.id;
    this.learnerId = options.learnerId;
    this.definition = options.definition;
    this.createdAtMs = options.createdAtMs;
    this.#options = options;
    this.#generation = options.generation;
    this.#activeExercise = options.activeExercise;
    this.#lastSeenAtMs = options.nowMs();
    this.#status = { state: 'provisioning', step: 'queued', sinceMs: options.nowMs() };
  }

  get status(): LabSessionState {
    return this.#status;
  }
  get environment(): LabEnvironment | null {
    return this.#environment;
  }
  get generation(): number {
    return this.#generation;
  }
  get activeExercise(): string | null {
    return this.#activeExercise;
  }
  get connections(): number {
    return this.#connections;
  }
  get lastSeenAtMs(): number {
    return this.#lastSeenAtMs;
  }
  get isBusy(): boolean {
    return this.#operation !== null;
  }

  /** @throws {LabError} LAB_NOT_READY or LAB_SESSION_UNKNOWN, saying why there is nothing to work with */
  get running(): { readonly environment: LabEnvironment; readonly grading: SessionGrading } {
    if (this.#status.state === 'closed')
      throw new LabError('LAB_SESSION_UNKNOWN', `lab session ${this.id} is closed`);
    if (this.#status.state !== 'ready' || this.#environment === null || this.#grading === null) {
      throw new LabError('LAB_NOT_READY', `lab session ${this.id} is ${this.#status.state}`);
    }
    return { environment: this.#environment, grading: this.#grading };
  }

  view(): LabSessionView {
    return {
      id: this.id,
      lab: this.definition.id,
      nodes: this.definition.nodes.map((node) => node.name),
      status: this.#status,
      terminals: this.#options.terminals(this.id),
      activeExercise: this.#activeExercise,
      generation: this.#generation,
    };
  }

  /**
   * Runs one change of the lab at a time: a second reset waits for nothing, it is refused.
   * @throws {LabError} LAB_BUSY
   */
  operate(work: () => Promise<void>): Promise<void> {
    if (this.#operation !== null)
      throw new LabError('LAB_BUSY', `lab session ${this.id} is ${this.#status.state}`);
    const operation = work().finally(() => {
      this.#operation = null;
    });
    this.#operation = operation;
    return operation;
  }

  /** Resolves when the running change, if any, is over; never rejects. */
  async settled(): Promise<void> {
    await this.#operation?.catch(() => {});
  }

  enter(status: LabSessionState): void {
    this.#status = status;
    this.#options.onChange(this);
    this.announce();
  }

  own(environment: LabEnvironment | null, grading: SessionGrading | null): void {
    this.#environment = environment;
    this.#grading = grading;
  }

  get grading(): SessionGrading | null {
    return this.#grading;
  }

  nextGeneration(): void {
    this.#generation++;
  }

  setActiveExercise(exerciseId: string): void {
    this.#activeExercise = exerciseId;
    this.#options.onChange(this);
    this.announce();
  }

  /** Tells every page the session's state; the page of an open terminal list too. */
  announce(): void {
    this.#emit({ type: 'session', session: this.view() });
  }

  announceVerdict(verdict: ExerciseVerdict): void {
    this.#emit({ type: 'verdict', verdict });
  }

  announceProgress(): void {
    this.#emit({ type: 'progress', progress: this.#options.progress(this.learnerId) });
  }

  /** Connects a page: it gets the whole state first, then every change, until the returned function is called. */
  connect(listener: Listener): () => void {
    this.#listeners.add(listener);
    const release = this.hold();
    listener({ type: 'session', session: this.view() });
    listener({ type: 'progress', progress: this.#options.progress(this.learnerId) });
    const verdict = this.#grading?.verdict() ?? null;
    if (verdict !== null) listener({ type: 'verdict', verdict });
    return () => {
      this.#listeners.delete(listener);
      release();
    };
  }

  /** Counts a page or terminal as being there, until released. Releasing twice is harmless. */
  hold(): () => void {
    this.#connections++;
    this.touch();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#connections--;
      this.touch();
    };
  }

  touch(): void {
    this.#lastSeenAtMs = this.#options.nowMs();
  }

  stored(): StoredLabSession {
    const state = this.#status.state === 'resuming' ? 'paused' : this.#status.state;
    return {
      id: this.id,
      learnerId: this.learnerId,
      labId: this.definition.id,
      environmentId: this.#environment?.id ?? null,
      generation: this.#generation,
      state,
      activeExerciseId: this.#activeExercise,
      createdAtMs: this.createdAtMs,
    };
  }

  #emit(event: LabEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
