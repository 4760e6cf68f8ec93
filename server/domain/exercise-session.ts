import type { ExerciseVerdict, NodeStatus, StartComparison, Waiting } from '#contract/api.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import type { LabPort } from '#contract/preview.ts';
import type { SwarmMap } from '#contract/swarm-map.ts';
import type { LabSnapshot } from '#contract/swarm-snapshot.ts';
import type { Application, Clock, LabObserver } from '../ports.ts';
import type { Exercise } from './grading/exercise.ts';
import { ExerciseGrader } from './grading/exercise-grader.ts';
import { labPorts } from './grading/lab-ports.ts';
import { LabWatch } from './grading/lab-watch.ts';
import { nodeStatuses } from './grading/node-statuses.ts';
import { compareStart } from './grading/start-comparison.ts';
import { sameWaits, updateWaits } from './grading/update-waits.ts';
import { LabError } from './lab-error.ts';
import type { Log } from './log.ts';
import { sameMap, swarmMap } from './map/swarm-map.ts';
import type { GradedSession, SessionGrading, StartGrading } from './session-grading.ts';
import { SessionStory } from './session-story.ts';
import type { Attempt, ExerciseStore, HistoryStore, ProgressStore, RolloutStore } from './stores.ts';
import { UnroutedNotices } from './unrouted-notices.ts';

export interface GradingParts {
  readonly exerciseOf: (exerciseId: string) => Exercise | null;
  readonly observer: LabObserver;
  readonly history: HistoryStore;
  readonly rollouts: RolloutStore;
  readonly application: Application;
  readonly exercises: ExerciseStore;
  readonly progress: ProgressStore;
  readonly clock: Clock;
  /** Whether virtual IPs and ingress ports lead anywhere in a lab. */
  readonly routesVirtualIps: () => boolean;
  readonly log: Log;
}

/** Grades lab sessions by the real swarm and keeps what must outlive the process. */
export function gradingStarter(parts: GradingParts): StartGrading {
  return (session) => new ExerciseSession(parts, session);
}

/** The exercise that a learner is at, in one generation of one lab session. */
class ExerciseSession implements SessionGrading {
  readonly #parts: GradingParts;
  readonly #session: GradedSession;
  readonly #watch: LabWatch;
  readonly #story: SessionStory;
  #grader: ExerciseGrader | null = null;
  #exercise: Exercise | null = null;
  /** What a pass that shows right now would be due to. */
  #trigger: Attempt['trigger'] = 'automatic';
  #recorded: ExerciseVerdict | null = null;
  #nodes: readonly NodeStatus[] = [];
  #waiting: readonly Waiting[] = [];
  #ports: readonly LabPort[] = [];
  #waitingAtMs = 0;
  #map: SwarmMap | null = null;
  readonly #unrouted = new UnroutedNotices();

  constructor(parts: GradingParts, session: GradedSession) {
    this.#parts = parts;
    this.#session = session;
    const { labSessionId, generation } = session;
    this.#watch = new LabWatch({
      observer: parts.observer,
      nodes: session.nodes,
      sink: {
        append: (entries) => parts.history.append(labSessionId, generation, entries),
        load: () => parts.history.load(labSessionId, generation),
      },
      isWatched: session.isWatched,
      onEntries: (added) => this.#story.hear(added),
      onFailure: (failure) => parts.log.warn({ err: failure, labSessionId }, 'lab could not be observed'),
    });
    this.#story = new SessionStory(parts, session, this.#watch);
    this.#watch.onLook((snapshot) => this.#tellSwarm(snapshot));
  }

  async activate(exerciseId: string): Promise<void> {
    const { exercises, progress, log } = this.#parts;
    const { labSessionId, generation, learnerId } = this.#session;
    const exercise = this.#exerciseOf(exerciseId);
    if (this.#exercise?.id === exerciseId) return;
    const stored = exercises.load(labSessionId, generation, exerciseId) ?? {
      start: await this.#watch.exerciseStart(),
      answers: {},
    };
    exercises.save(labSessionId, generation, exerciseId, stored);
    this.#story.enter(exerciseId, stored.start.seq);
    this.#grader?.[Symbol.dispose]();
    this.#exercise = exercise;
    this.#grader = new ExerciseGrader({
      exercise,
      watch: this.#watch,
      start: stored.start,
      generation,
      completedAtMs: progress.completedAtMs(learnerId, exerciseId),
      rightAnswers: stored.answers,
      onVerdict: (verdict) => this.#announce(verdict),
      onRightAnswers: (answers) =>
        exercises.save(labSessionId, generation, exerciseId, { start: stored.start, answers }),
      onProblem: (problem) => log.error({ err: problem, exerciseId }, 'check failed to evaluate'),
    });
  }

  verdict(): ExerciseVerdict | null {
    return this.#grader?.verdict ?? null;
  }

  check(): Promise<ExerciseVerdict> {
    return this.#attempt('button', (grader) => grader.check());
  }

  answer(checkId: string, answer: string): Promise<ExerciseVerdict> {
    return this.#attempt('answer', (grader) => grader.answer(checkId, answer));
  }

  async compareStart(exerciseId: string): Promise<StartComparison> {
    const exercise = this.#exerciseOf(exerciseId);
    const snapshot = await this.#watch.refresh().catch(unlessNotReady);
    // The lab was reset or frozen while we looked: there is nothing to compare any more, and nothing went wrong.
    if (snapshot === null) return { exercise: exerciseId, verdict: 'errored', differences: [] };
    const start = { atMs: snapshot.takenAtMs, seq: 0, serviceIds: {} };
    const nowMs = this.#parts.clock.nowMs();
    const context = { snapshot, history: this.#watch.history, start, nowMs };
    return compareStart(exercise, context, (check, problem) =>
      this.#parts.log.error({ err: problem, exerciseId, check }, 'start check failed to evaluate'),
    );
  }

  async startReached(exerciseId: string): Promise<boolean> {
    return (await this.compareStart(exerciseId)).verdict === 'same';
  }

  recordPower(node: string, to: NodeCondition): void {
    this.#watch.record({ type: 'power', labNode: node, on: to === 'on', condition: to });
  }

  nodes(): readonly NodeStatus[] {
    return this.#nodes;
  }

  waiting(): readonly Waiting[] {
    const elapsedMs = this.#parts.clock.nowMs() - this.#waitingAtMs;
    return this.#waiting.map((wait) => ({
      ...wait,
      remainingMs: wait.remainingMs === null ? null : Math.max(wait.remainingMs - elapsedMs, 0),
    }));
  }

  map(): SwarmMap | null {
    return this.#map;
  }

  ports(): readonly LabPort[] {
    return this.#ports;
  }

  suspend(): void {
    this.#watch.suspend();
    this.#story.suspend();
  }

  resume(): void {
    this.#watch.resume();
    this.#story.resume();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#grader?.[Symbol.dispose]();
    await this.#watch[Symbol.asyncDispose]();
    this.#story[Symbol.dispose]();
  }

  #exerciseOf(exerciseId: string): Exercise {
    const exercise = this.#parts.exerciseOf(exerciseId);
    if (exercise === null) throw new LabError('EXERCISE_UNKNOWN', `no exercise ${exerciseId}`);
    return exercise;
  }

  #tellSwarm(snapshot: LabSnapshot): void {
    const nodes = nodeStatuses(snapshot, this.#watch.lastAnswers);
    if (JSON.stringify(nodes) !== JSON.stringify(this.#nodes)) {
      this.#nodes = nodes;
      this.#session.onNodes(nodes);
    }
    this.#tellMap(snapshot);
    this.#tellPorts(snapshot);
    if (!this.#parts.routesVirtualIps()) {
      for (const notice of this.#unrouted.next(snapshot)) this.#session.onNotice(notice);
    }
    const nowMs = this.#parts.clock.nowMs();
    const waiting = updateWaits(snapshot, nowMs);
    if (sameWaits(this.#waiting, waiting, nowMs - this.#waitingAtMs)) return;
    this.#waiting = waiting;
    this.#waitingAtMs = nowMs;
    this.#session.onWaiting(waiting);
  }

  #tellMap(snapshot: LabSnapshot): void {
    const { remembered } = this.#watch;
    const [before, map] = [this.#map, swarmMap({ snapshot, remembered, before: this.#map })];
    this.#map = map;
    if (before === null || !sameMap(before, map)) this.#session.onMap(map);
  }

  #tellPorts(snapshot: LabSnapshot): void {
    const ports = labPorts(snapshot, this.#watch.lastAnswers, this.#parts.routesVirtualIps());
    if (JSON.stringify(ports) === JSON.stringify(this.#ports)) return;
    this.#ports = ports;
    this.#session.onPorts(ports);
  }

  async #attempt(
    trigger: Attempt['trigger'],
    evaluate: (grader: ExerciseGrader) => Promise<ExerciseVerdict>,
  ): Promise<ExerciseVerdict> {
    if (this.#grader === null) throw new LabError('LAB_NOT_READY', 'no exercise is active');
    this.#trigger = trigger;
    try {
      const verdict = await evaluate(this.#grader);
      if (this.#recorded !== verdict) this.#record(verdict);
      return verdict;
    } finally {
      this.#trigger = 'automatic';
    }
  }

  /** The first pass counts by itself, without a button. */
  #announce(verdict: ExerciseVerdict): void {
    const { progress } = this.#parts;
    const isFirstPass =
      verdict.passed && progress.completedAtMs(this.#session.learnerId, verdict.exercise) === null;
    if (isFirstPass) this.#record(verdict);
    this.#session.onVerdict(verdict);
    if (isFirstPass) this.#session.onProgress();
  }

  #record(verdict: ExerciseVerdict): void {
    const { learnerId, labSessionId } = this.#session;
    this.#recorded = verdict;
    const attempt: Attempt = {
      learnerId,
      exerciseId: verdict.exercise,
      exerciseRevision: this.#exercise?.revision ?? 0,
      labSessionId,
      trigger: this.#trigger,
      verdict,
      atMs: this.#parts.clock.nowMs(),
    };
    this.#parts.progress.record(attempt);
    this.#session.onAttempt(attempt);
    this.#parts.log.info(
      { labSessionId, exerciseId: verdict.exercise, passed: verdict.passed, trigger: this.#trigger },
      'attempt recorded',
    );
  }
}

function unlessNotReady(failure: unknown): null {
  if (failure instanceof LabError && failure.code === 'LAB_NOT_READY') return null;
  throw failure;
}
