import type {
  LabEvent,
  LabReason,
  LabSessionState,
  LabSessionView,
  LimitHit,
  Progress,
  QueuePlace,
  TerminalView,
} from '#contract/api.ts';
import { type LabWatch, NOBODY_WATCHES } from '#contract/class-watch.ts';
import type { LabDefinition } from '#contract/definitions.ts';
import type { LabSessionId, LearnerId } from '#contract/ids.ts';
import type { LocalizedText } from '#contract/language.ts';
import { conditionOf, type NodeCondition, type NodeConditions } from '#contract/node-condition.ts';
import type { LabEnvironment } from '../ports.ts';
import { LabAudience, type LabListener } from './lab-audience.ts';
import { LabError } from './lab-error.ts';
import { LabOperations } from './lab-operations.ts';
import type { SessionGrading } from './session-grading.ts';
import type { SessionObserver } from './session-observer.ts';
import type { Attempt, StoredLabSession } from './stores.ts';

export interface LabSessionOptions {
  readonly id: LabSessionId;
  readonly learnerId: LearnerId;
  readonly definition: LabDefinition;
  readonly createdAtMs: number;
  readonly generation: number;
  readonly activeExercise: string | null;
  readonly conditions: NodeConditions;
  readonly keepUntilMs?: number | null;
  readonly nowMs: () => number;
  readonly terminals: (id: LabSessionId) => TerminalView[];
  readonly progress: (learnerId: LearnerId) => Progress;
  readonly onChange: (session: LabSession) => void;
  readonly observer: SessionObserver;
}

/** One learner's running copy of a lab: its state, who watches it, and which environment it has now. */
export class LabSession {
  readonly id: LabSessionId;
  readonly definition: LabDefinition;
  readonly createdAtMs: number;
  readonly #options: LabSessionOptions;
  readonly #audience: LabAudience;
  readonly #operations: LabOperations;
  #learnerId: LearnerId;
  #status: LabSessionState;
  #environment: LabEnvironment | null = null;
  #grading: SessionGrading | null = null;
  #generation: number;
  #activeExercise: string | null;
  #conditions: NodeConditions;
  #limits: readonly LimitHit[] = [];
  #watch: LabWatch = NOBODY_WATCHES;
  #keepUntilMs: number | null;

  constructor(options: LabSessionOptions) {
    this.id = options.id;
    this.#learnerId = options.learnerId;
    this.definition = options.definition;
    this.createdAtMs = options.createdAtMs;
    this.#options = options;
    this.#generation = options.generation;
    this.#activeExercise = options.activeExercise;
    this.#conditions = options.conditions;
    this.#keepUntilMs = options.keepUntilMs ?? null;
    this.#audience = new LabAudience(options.nowMs, () => options.observer.visited(this));
    this.#operations = new LabOperations(`lab session ${options.id}`);
    this.#status = { state: 'provisioning', step: 'queued', sinceMs: options.nowMs() };
  }

  get learnerId(): LearnerId {
    return this.#learnerId;
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
  /** What the learner's switches have done to nodes. */
  get conditions(): NodeConditions {
    return this.#conditions;
  }
  conditionOf(node: string): NodeCondition {
    return conditionOf(this.#conditions, node);
  }
  /** Names of the nodes that are in one of these conditions. */
  nodesThatAre(...conditions: readonly NodeCondition[]): string[] {
    const names = this.definition.nodes.map(({ name }) => name);
    return names.filter((name) => conditions.includes(this.conditionOf(name)));
  }
  /** Until then nobody's absence pauses or closes it. */
  get keepUntilMs(): number | null {
    return this.#keepUntilMs;
  }
  /** Why it is paused or closed, where that was not its learner's doing. */
  get why(): LabReason | null {
    const status = this.#status;
    return (status.state === 'paused' || status.state === 'closed') && status.why ? status.why : null;
  }
  get connections(): number {
    return this.#audience.connections;
  }
  /** Whether a page listens. */
  get isWatched(): boolean {
    return this.#audience.isWatched;
  }
  get lastSeenAtMs(): number {
    return this.#audience.lastSeenAtMs;
  }
  get isBusy(): boolean {
    return this.#operations.isBusy;
  }
  get changesBegun(): number {
    return this.#operations.begun;
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
      conditions: this.#conditions,
      terminals: this.#options.terminals(this.id),
      activeExercise: this.#activeExercise,
      generation: this.#generation,
    };
  }

  /**
   * Runs one change of the whole lab at a time: a second reset waits for nothing, it is refused.
   * @param onBegun called at once; the work begins when no switch is being flipped any more
   * @throws {LabError} LAB_BUSY
   */
  operate(work: (signal: AbortSignal) => Promise<void>, onBegun?: () => void): Promise<void> {
    return this.#operations.run(work, onBegun);
  }

  /** Runs a node's switches one after the other, between changes of the whole lab. @throws {LabError} LAB_BUSY, TOO_MANY_REQUESTS */
  operateSwitch(node: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    return this.#operations.runSwitch(node, work);
  }

  /** Asks the running change, if any, to give up. */
  cancel(reason: Error): void {
    this.#operations.cancel(reason);
  }

  /** Resolves when the running change, if any, is over; never rejects. */
  settled(): Promise<void> {
    return this.#operations.settled();
  }

  enter(status: LabSessionState): void {
    this.#status = status;
    this.#options.onChange(this);
    this.announce();
  }

  /** Tells the pages where the lab stands while it waits for room. The wait goes on: it is no new state. */
  showQueue(queue: QueuePlace): void {
    const status = this.#status;
    if (status.state !== 'provisioning' && status.state !== 'resetting') return;
    this.#status = { ...status, step: 'queued', queue };
    this.announce();
  }

  keepUntil(atMs: number): void {
    this.#keepUntilMs = atMs;
    this.#options.onChange(this);
  }

  own(environment: LabEnvironment | null, grading: SessionGrading | null): void {
    this.#environment = environment;
    this.#grading = grading;
  }

  get grading(): SessionGrading | null {
    return this.#grading;
  }

  /** What comes next has nothing of the environment before: every node on, no verdict. */
  nextGeneration(activeExercise: string | null): void {
    this.#generation++;
    this.#conditions = {};
    this.#activeExercise = activeExercise;
  }

  setCondition(node: string, to: NodeCondition): void {
    const { [node]: _before, ...others } = this.#conditions;
    this.setConditions(to === 'on' ? others : { ...others, [node]: to });
  }

  setConditions(conditions: NodeConditions): void {
    this.#conditions = conditions;
    this.#options.onChange(this);
    this.announce();
  }

  get limits(): readonly LimitHit[] {
    return this.#limits;
  }

  setLimits(limits: readonly LimitHit[]): void {
    if (limits.length === 0 && this.#limits.length === 0) return;
    this.#limits = limits;
    this.tell({ type: 'limits', limits });
  }

  /** Who asks to watch the lab and who does: its learner's pages show it. */
  setWatch(change: Partial<LabWatch>): void {
    this.#watch = { ...this.#watch, ...change };
    this.tell({ type: 'watch', watch: this.#watch });
  }

  /** The same person under another id: two learners have become one. Pages of the former are closed by its logins. */
  giveTo(learnerId: LearnerId): void {
    this.#learnerId = learnerId;
    this.#options.onChange(this);
    this.announceProgress();
  }

  setActiveExercise(exerciseId: string): void {
    this.#activeExercise = exerciseId;
    this.#options.onChange(this);
    this.announce();
  }

  /** Tells every page the session's state; the page of an open terminal list too. */
  announce(): void {
    this.tell({ type: 'session', session: this.view() });
  }

  announceProgress(): void {
    this.tell({ type: 'progress', progress: this.#options.progress(this.learnerId) });
  }

  /** Tells every page what grading has seen. */
  tell(event: LabEvent): void {
    this.#audience.tell(event);
    this.#options.observer.heard(this, event);
  }

  /** A grading went on record. */
  attempted(attempt: Attempt): void {
    this.#options.observer.attempted(this, attempt);
  }

  /** Says it to the pages that are there, else to the first one that comes. */
  notify(level: 'info' | 'warning', notice: LocalizedText): void {
    this.#audience.note({ type: 'notice', level, notice });
  }

  /** Connects a page: it gets the whole state first, then every change, until the returned function is called. */
  connect(listener: LabListener): () => void {
    return this.#audience.join(listener, [
      ...this.#state(),
      { type: 'progress', progress: this.#options.progress(this.learnerId) },
      { type: 'watch', watch: this.#watch },
    ]);
  }

  /** The same for somebody who looks on: it does not count as anybody being there. */
  overhear(listener: LabListener): () => void {
    for (const event of this.#state()) listener(event);
    return this.#audience.overhear(listener);
  }

  #state(): LabEvent[] {
    const verdict = this.#grading?.verdict() ?? null;
    const map = this.#grading?.map() ?? null;
    return [
      { type: 'session', session: this.view() },
      ...(verdict === null ? [] : [{ type: 'verdict', verdict } as const]),
      { type: 'nodes', nodes: this.#grading?.nodes() ?? [] },
      { type: 'waiting', waiting: this.#grading?.waiting() ?? [] },
      ...(map === null ? [] : [{ type: 'map', map } as const]),
      { type: 'ports', ports: this.#grading?.ports() ?? [] },
      { type: 'limits', limits: this.#limits },
    ];
  }

  /** Counts a page or terminal as being there, until released. Releasing twice is harmless. */
  hold(): () => void {
    return this.#audience.hold();
  }

  /** Its learner types. */
  touch(): void {
    this.#audience.touch();
    this.#options.observer.worked(this);
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
      conditions: this.#conditions,
      why: this.why,
      keepUntilMs: this.#keepUntilMs,
      createdAtMs: this.createdAtMs,
    };
  }
}
