import type { LabReason, LabSessionView } from '#contract/api.ts';
import type { LabDefinition } from '#contract/definitions.ts';
import { LabSessionId, type LearnerId } from '#contract/ids.ts';
import type { LocalizedText } from '#contract/language.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import { closedView } from './closed-view.ts';
import type { NodeSwitch } from './exercise-preparation.ts';
import { LabError } from './lab-error.ts';
import { ENGINE_DEADLINE_MS, type LabParts } from './lab-parts.ts';
import { LabQueue } from './lab-queue.ts';
import { LabRegistry } from './lab-registry.ts';
import { LabRoom } from './lab-room.ts';
import type { LabSession } from './lab-session.ts';
import { LabSupply } from './lab-supply.ts';
import { switchNode, switchNodeFromShell } from './power-switches.ts';

/** A change that is under way when the server stops gets this long to end by itself. */
const PATIENCE_AT_STOP_MS = 10_000;

/** What a learner does with labs: the life cycle, free of Docker and HTTP. */
export class LabSessions {
  readonly registry: LabRegistry;
  readonly supply: LabSupply;
  readonly queue: LabQueue;
  readonly #parts: LabParts;
  readonly #room: LabRoom;

  constructor(parts: LabParts) {
    this.#parts = parts;
    this.registry = new LabRegistry(parts);
    this.#room = new LabRoom(parts, this.registry, (session, why) => this.close(session, why));
    this.queue = new LabQueue(parts, this.registry, this.#room);
    this.supply = new LabSupply(parts, this.queue);
  }

  /** @throws {LabError} LAB_SESSION_UNKNOWN also for the session of somebody else: its existence is not told */
  get(id: string, learnerId: LearnerId): LabSession {
    return this.registry.get(id, learnerId);
  }

  listOf(learnerId: LearnerId): LabSession[] {
    return this.registry.listOf(learnerId);
  }

  all(): LabSession[] {
    return this.registry.all();
  }

  /** What a learner's pages show: the open ones, newest first, then those that were closed without their doing. */
  viewsOf(learnerId: LearnerId): LabSessionView[] {
    const open = this.listOf(learnerId).map((session) => session.view());
    const isOpen = (labId: string): boolean => open.some(({ lab }) => lab === labId);
    const closed = this.#parts.store.listClosed(learnerId).filter(({ labId }) => !isOpen(labId));
    return [
      ...open,
      ...closed.flatMap((stored) => {
        const definition = this.#parts.definitionOf(stored.labId);
        return definition === null ? [] : [closedView(stored, definition)];
      }),
    ];
  }

  /**
   * Starts a lab, or returns the one that this learner has already. Provisioning goes on after the return; it may
   * begin with a wait for room. Other labs of the learner stay, unless one that stands unused has to make room.
   * @param exerciseId to whose start a lab that is new is brought; `null`: it begins as the course does
   * @throws {LabError} LAB_LIMIT_REACHED, LAB_ALREADY_WAITING; LAB_CAPACITY_REACHED, LAB_DISK_LOW where no wait
   *   would help; ENGINE_UNREACHABLE
   */
  async start(learnerId: LearnerId, labId: string, exerciseId: string | null = null): Promise<LabSession> {
    const definition = this.#parts.definitionOf(labId);
    if (definition === null) throw new LabError('LAB_UNKNOWN', `no lab ${labId}`);
    const running = this.#existing(learnerId, labId);
    if (running !== null) return running;
    if (!this.#parts.pool.has(definition)) await this.#room.refuseHopeless(definition, this.queue.isFreeing);
    const gaveWay = await this.#makePlaceOf(learnerId, definition);
    // Another window of the learner may have been quicker.
    const session = this.#existing(learnerId, labId) ?? this.#begin(learnerId, definition, exerciseId);
    for (const notice of gaveWay) session.notify('warning', notice);
    return session;
  }

  /** One learner waits in one place only, and has so many labs at a time. */
  async #makePlaceOf(learnerId: LearnerId, definition: LabDefinition): Promise<LocalizedText[]> {
    this.#refuseSecondWait(learnerId);
    const limit = this.#parts.labsPerLearner ?? Number.POSITIVE_INFINITY;
    const open = this.listOf(learnerId).filter(({ environment, isBusy }) => environment !== null || isBusy);
    if (open.length < limit) return [];
    const unused = this.#room.longestUnused(learnerId);
    if (unused === null)
      throw new LabError('LAB_LIMIT_REACHED', `${open.length} labs are open`, { params: { limit } });
    return [await this.#room.giveWay(unused, definition)];
  }

  #refuseSecondWait(learnerId: LearnerId): void {
    if (this.queue.waiting.some((session) => session.learnerId === learnerId))
      throw new LabError('LAB_ALREADY_WAITING', `learner ${learnerId} waits already`);
  }

  #existing(learnerId: LearnerId, labId: string): LabSession | null {
    const existing = this.listOf(learnerId).find((session) => session.definition.id === labId);
    if (existing?.status.state === 'failed' && !existing.isBusy) this.reset(existing);
    return existing ?? null;
  }

  #begin(learnerId: LearnerId, definition: LabDefinition, exerciseId: string | null): LabSession {
    const { newId, clock, store } = this.#parts;
    const session = this.registry.add({
      id: LabSessionId.parse(newId(16)),
      learnerId,
      definition,
      createdAtMs: clock.nowMs(),
      generation: 1,
      activeExercise: exerciseId ?? definition.exercises[0] ?? null,
      conditions: {},
    });
    store.save(session.stored(), clock.nowMs());
    this.provision(session, exerciseId);
    return session;
  }

  /** Gives a session that has no environment its first one, when its turn comes; prepared for an exercise or fresh. */
  provision(session: LabSession, prepare: string | null = null): void {
    const provision = { state: 'provisioning', prepare, leaving: null } as const;
    this.supply.inBackground(session.operate((signal) => this.supply.provision(session, provision, signal)));
  }

  /** Throws the environment away and gives a fresh one; progress stays. @throws {LabError} LAB_BUSY */
  reset(session: LabSession): void {
    this.#renew(session, null);
  }

  /**
   * Gives a fresh environment at this exercise's start and makes the exercise the active one; progress stays.
   * @throws {LabError} EXERCISE_UNKNOWN, LAB_BUSY
   */
  prepare(session: LabSession, exerciseId: string): void {
    this.#renew(session, exerciseOf(session, exerciseId));
  }

  /** Makes this the graded exercise of the lab as it is. @throws {LabError} EXERCISE_UNKNOWN, LAB_NOT_READY */
  async activate(session: LabSession, exerciseId: string): Promise<void> {
    const exercise = exerciseOf(session, exerciseId);
    await session.running.grading.activate(exercise);
    session.setActiveExercise(exercise);
  }

  /** Cuts the power of a node, freezes it, unplugs it, or brings it back. @throws {LabError} see `switchNode` */
  switchNode(session: LabSession, node: string, to: NodeCondition): Promise<void> {
    return switchNode(this.#parts, session, { node, to });
  }

  /** As a command in one of the lab's terminals asks for it. Never throws. */
  switchNodeFromShell(session: LabSession, asked: NodeSwitch): Promise<void> {
    return switchNodeFromShell(this.#parts, session, asked);
  }

  /**
   * Ends the session for good, a change that is under way first, so that nothing is left half-made.
   * @param why for the learner, where it is not the learner's own doing
   */
  async close(session: LabSession, why?: LabReason): Promise<void> {
    session.cancel(new LabError('LAB_SESSION_UNKNOWN', `lab session ${session.id} is being closed`));
    await session.settled();
    await session.operate(async () => {
      const { environment } = session;
      await this.supply.letGo(session);
      session.enter({ state: 'closed', sinceMs: this.#now(), ...(why ? { why } : {}) });
      this.registry.remove(session);
      this.queue.serve();
      if (environment === null) return;
      this.queue.estimate.ended();
      await this.supply.remove(environment.id);
    });
  }

  /** @param why for the learner */
  async pause(session: LabSession, why: LabReason): Promise<void> {
    const { environment, grading } = session.running;
    await session.operate(async () => {
      grading.suspend();
      const still = session.nodesThatAre('frozen');
      await this.#parts.host.pause(environment, still, AbortSignal.timeout(ENGINE_DEADLINE_MS));
      session.enter({ state: 'paused', sinceMs: this.#now(), why });
      this.#parts.log.info({ labSessionId: session.id, cause: why.cause }, 'lab paused');
    });
  }

  /** Thaws a lab because its page is back. One that an instructor paused waits for its learner's word. */
  async wake(session: LabSession): Promise<void> {
    if (session.why?.cause !== 'instructor') await this.resume(session);
  }

  /** Thaws a paused lab; does nothing for one that runs or is being changed. */
  async resume(session: LabSession): Promise<void> {
    if (session.status.state === 'resuming') return session.settled();
    if (session.status.state !== 'paused' || session.isBusy) return;
    await session.operate(async () => {
      const { environment, grading } = session;
      if (environment === null) return;
      session.enter({ state: 'resuming', sinceMs: this.#now() });
      await this.supply.attempt(session, async () => {
        const still = session.nodesThatAre('frozen');
        await this.#parts.host.resume(environment, still, AbortSignal.timeout(ENGINE_DEADLINE_MS));
        grading?.resume();
        session.enter({ state: 'ready', sinceMs: this.#now() });
      });
    });
  }

  /** Ends the server's part. `keep` leaves the labs running for the next start, which adopts them. */
  async stop(labs: 'close' | 'keep'): Promise<void> {
    const stopping = new LabError('LAB_NOT_READY', 'the server stops');
    if (labs === 'keep') this.queue.stop();
    await Promise.all(
      this.all().map(async (session) => {
        if (labs === 'close') return this.close(session, { cause: 'server-stopped' });
        const patience = setTimeout(() => session.cancel(stopping), PATIENCE_AT_STOP_MS);
        await session.settled();
        clearTimeout(patience);
        await session.grading?.[Symbol.asyncDispose]();
      }),
    );
    await this.supply.backgroundDone();
  }

  /** Ends nothing and changes nothing: the next start finds every session as after a crash. */
  leave(): void {
    this.supply.leave();
    this.queue.stop();
  }

  #renew(session: LabSession, prepare: string | null): void {
    if (session.environment === null && !session.isBusy) this.#refuseSecondWait(session.learnerId);
    const begun = (): void => session.enter({ state: 'resetting', step: 'queued', sinceMs: this.#now() });
    this.supply.inBackground(
      session.operate(async (signal) => {
        const old = session.environment;
        await this.supply.letGo(session);
        session.nextGeneration(prepare ?? session.activeExercise);
        const leaving = old === null ? null : this.supply.remove(old.id);
        if (leaving !== null) this.supply.inBackground(leaving);
        await this.supply.provision(session, { state: 'resetting', prepare, leaving }, signal);
        this.#parts.history.forgetBefore(session.id, session.generation);
      }, begun),
    );
  }

  #now(): number {
    return this.#parts.clock.nowMs();
  }
}

/** @throws {LabError} EXERCISE_UNKNOWN for an exercise of another lab, too */
export function exerciseOf(session: LabSession, exerciseId: string): string {
  if (!session.definition.exercises.includes(exerciseId))
    throw new LabError('EXERCISE_UNKNOWN', `lab ${session.definition.id} has no exercise ${exerciseId}`);
  return exerciseId;
}
