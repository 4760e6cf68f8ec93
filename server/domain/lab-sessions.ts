import type { Progress } from '#contract/api.ts';
import type { LabDefinition } from '#contract/definitions.ts';
import { LabSessionId, type LearnerId } from '#contract/ids.ts';
import type { Clock, LabEnvironment, LabHost } from '../ports.ts';
import { admit } from './admission.ts';
import { type IdleLimits, idleAction } from './idle-policy.ts';
import { LabError } from './lab-error.ts';
import { LabSession } from './lab-session.ts';
import type { LabTerminals } from './lab-terminals.ts';
import type { Log } from './log.ts';
import type { StartGrading } from './session-grading.ts';
import type { HistoryStore, LabSessionStore, StoredLabSession } from './stores.ts';
import type { WarmPool } from './warm-pool.ts';

export interface LabSessionsOptions {
  readonly host: LabHost;
  readonly pool: WarmPool;
  readonly store: LabSessionStore;
  readonly history: HistoryStore;
  readonly terminals: LabTerminals;
  readonly startGrading: StartGrading;
  readonly progress: (learnerId: LearnerId) => Progress;
  readonly definitionOf: (labId: string) => LabDefinition | null;
  readonly filesFolderOf: (definition: LabDefinition) => string;
  readonly newId: (length: number) => string;
  readonly clock: Clock;
  readonly log: Log;
  readonly maxLabs: number | undefined;
  readonly idle: IdleLimits;
}

const PROVISION_DEADLINE_MS = 90_000;
const SHORT_DEADLINE_MS = 30_000;

/** Starts, resets, pauses and closes lab sessions: the life cycle, free of Docker and HTTP. */
export class LabSessions {
  readonly #options: LabSessionsOptions;
  readonly #sessions = new Map<string, LabSession>();
  /** Removals that nobody waits for, until the server stops. */
  readonly #background = new Set<Promise<unknown>>();

  constructor(options: LabSessionsOptions) {
    this.#options = options;
  }

  /** @throws {LabError} LAB_SESSION_UNKNOWN also for the session of somebody else: its existence is not told */
  get(id: string, learnerId: LearnerId): LabSession {
    const session = this.#sessions.get(id);
    if (session === undefined || session.learnerId !== learnerId) {
      throw new LabError('LAB_SESSION_UNKNOWN', `no lab session ${id} of learner ${learnerId}`);
    }
    return session;
  }

  listOf(learnerId: LearnerId): LabSession[] {
    return [...this.#sessions.values()]
      .filter((session) => session.learnerId === learnerId)
      .sort((a, b) => b.createdAtMs - a.createdAtMs);
  }

  all(): LabSession[] {
    return [...this.#sessions.values()];
  }

  /**
   * Starts a lab, or returns the one that this learner has already. Provisioning goes on after the return.
   * @throws {LabError} LAB_CAPACITY_REACHED, LAB_DISK_LOW, ENGINE_UNREACHABLE before anything is made
   */
  async start(learnerId: LearnerId, labId: string): Promise<LabSession> {
    const definition = this.#options.definitionOf(labId);
    if (definition === null) throw new LabError('LAB_UNKNOWN', `no lab ${labId}`);
    const running = this.#existing(learnerId, labId);
    if (running !== null) return running;
    if (!this.#options.pool.has(definition)) await this.#admit(definition);
    // Another window of the learner may have been quicker.
    return this.#existing(learnerId, labId) ?? this.#begin(learnerId, definition);
  }

  #existing(learnerId: LearnerId, labId: string): LabSession | null {
    const existing = this.listOf(learnerId).find((session) => session.definition.id === labId);
    if (existing?.status.state === 'failed' && !existing.isBusy) this.reset(existing);
    return existing ?? null;
  }

  #begin(learnerId: LearnerId, definition: LabDefinition): LabSession {
    const session = this.#makeSession({
      id: LabSessionId.parse(this.#options.newId(16)),
      learnerId,
      definition,
      createdAtMs: this.#options.clock.nowMs(),
      generation: 1,
      activeExercise: definition.exercises[0] ?? null,
    });
    this.#options.store.save(session.stored(), this.#options.clock.nowMs());
    this.#inBackground(session.operate(() => this.#provision(session, 'provisioning')));
    return session;
  }

  /** Throws the environment away and gives a fresh one; progress stays. @throws {LabError} LAB_BUSY */
  reset(session: LabSession): void {
    this.#inBackground(
      session.operate(async () => {
        const old = session.environment;
        session.enter({ state: 'resetting', step: 'queued', sinceMs: this.#now() });
        await this.#letGo(session);
        session.nextGeneration();
        if (old !== null) this.#inBackground(this.#remove(old.id));
        await this.#provision(session, 'resetting');
        this.#options.history.forgetBefore(session.id, session.generation);
      }),
    );
  }

  /** Ends the session for good. Waits for a running change first, so that nothing is left half-made. */
  async close(session: LabSession): Promise<void> {
    await session.settled();
    await session.operate(async () => {
      const { environment } = session;
      await this.#letGo(session);
      session.enter({ state: 'closed', sinceMs: this.#now() });
      this.#sessions.delete(session.id);
      if (environment !== null) await this.#remove(environment.id);
    });
  }

  async pause(session: LabSession): Promise<void> {
    const { environment, grading } = session.running;
    await session.operate(async () => {
      grading.suspend();
      await this.#options.host.pause(environment, AbortSignal.timeout(SHORT_DEADLINE_MS));
      session.enter({ state: 'paused', sinceMs: this.#now() });
      this.#options.log.info({ labSessionId: session.id }, 'lab paused');
    });
  }

  /** Thaws a paused lab; does nothing for a running one. */
  async resume(session: LabSession): Promise<void> {
    if (session.status.state !== 'paused' || session.isBusy) return session.settled();
    await session.operate(async () => {
      const { environment, grading } = session;
      if (environment === null) return;
      session.enter({ state: 'resuming', sinceMs: this.#now() });
      await this.#attempt(session, async () => {
        await this.#options.host.resume(environment, AbortSignal.timeout(SHORT_DEADLINE_MS));
        grading?.resume();
        session.enter({ state: 'ready', sinceMs: this.#now() });
      });
    });
  }

  /** After a start of the server: takes over what runs, and removes what belongs to nobody. */
  async adopt(): Promise<void> {
    const { host, store, log, clock } = this.#options;
    await host.removeExpired(AbortSignal.timeout(PROVISION_DEADLINE_MS));
    const found = new Map(
      (await host.list(AbortSignal.timeout(SHORT_DEADLINE_MS))).map((one) => [one.id, one]),
    );
    for (const stored of store.listOpen()) {
      const environment = stored.environmentId === null ? undefined : found.get(stored.environmentId);
      const definition = this.#options.definitionOf(stored.labId);
      if (definition === null || environment === undefined || environment.state === 'broken') {
        // Nothing left to take over: the learner starts a fresh one, with all progress.
        store.save({ ...stored, state: 'closed' }, clock.nowMs());
        continue;
      }
      found.delete(environment.id);
      await this.#takeOver(stored, definition, environment);
    }
    await Promise.all([...found.keys()].map((id) => this.#remove(id)));
    log.info({ adopted: this.#sessions.size, removed: found.size }, 'labs adopted');
  }

  async #takeOver(
    stored: StoredLabSession,
    definition: LabDefinition,
    environment: LabEnvironment,
  ): Promise<void> {
    const session = this.#makeSession({ ...stored, definition, activeExercise: stored.activeExerciseId });
    await session.operate(() =>
      this.#attempt(session, async () => {
        const signal = AbortSignal.timeout(PROVISION_DEADLINE_MS);
        if (environment.state === 'stopped') await this.#options.host.restart(environment, signal);
        if (environment.state === 'paused') await this.#options.host.resume(environment, signal);
        await this.#options.terminals.adopt(session.id, environment.nodes);
        await this.#ready(session, environment);
      }),
    );
  }

  /** Looks after all labs: pauses and closes idle ones, revives those whose nodes stopped. Never throws. */
  async sweep(): Promise<void> {
    const { log } = this.#options;
    const environments = await this.#options.host
      .list(AbortSignal.timeout(SHORT_DEADLINE_MS))
      .catch((failure: unknown) => {
        log.warn({ err: failure }, 'engine does not answer');
        return null;
      });
    for (const session of this.all()) {
      if (session.isBusy) continue;
      try {
        if (environments !== null) await this.#checkNodes(session, environments);
        await this.#applyIdlePolicy(session);
      } catch (failure) {
        log.warn({ err: failure, labSessionId: session.id }, 'lab could not be looked after');
      }
    }
  }

  async #checkNodes(session: LabSession, environments: readonly LabEnvironment[]): Promise<void> {
    if (session.status.state !== 'ready') return;
    const found = environments.find((one) => one.id === session.environment?.id);
    if (found?.state === 'running') return;
    if (found === undefined || found.state === 'broken') {
      await this.#letGo(session);
      session.enter({ state: 'failed', code: 'LAB_NODE_UNREACHABLE', params: {}, sinceMs: this.#now() });
      return;
    }
    this.#options.log.warn(
      { labSessionId: session.id, found: found.state },
      'lab nodes stopped, starting them again',
    );
    await session.operate(async () => {
      session.enter({ state: 'resuming', sinceMs: this.#now() });
      await this.#attempt(session, async () => {
        const signal = AbortSignal.timeout(PROVISION_DEADLINE_MS);
        if (found.state === 'paused') await this.#options.host.resume(found, signal);
        else await this.#options.host.restart(found, signal);
        session.enter({ state: 'ready', sinceMs: this.#now() });
      });
    });
  }

  async #applyIdlePolicy(session: LabSession): Promise<void> {
    const { state } = session.status;
    const action = idleAction(
      {
        state: state === 'ready' || state === 'paused' ? state : 'other',
        connections: session.connections,
        lastSeenAtMs: session.lastSeenAtMs,
      },
      this.#options.idle,
      this.#now(),
    );
    if (action === 'pause') await this.pause(session);
    if (action === 'close') {
      this.#options.log.info({ labSessionId: session.id }, 'idle lab closed');
      await this.close(session);
    }
  }

  /** Ends the server's part. `keep` leaves the labs running for the next start, which adopts them. */
  async stop(labs: 'close' | 'keep'): Promise<void> {
    await Promise.all(
      this.all().map(async (session) => {
        await session.settled();
        if (labs === 'close') await this.close(session);
        else await session.grading?.[Symbol.asyncDispose]();
      }),
    );
    await Promise.allSettled(this.#background);
  }

  async #provision(session: LabSession, state: 'provisioning' | 'resetting'): Promise<void> {
    await this.#attempt(session, async () => {
      const { definition } = session;
      const step = (name: 'queued' | 'creating' | 'booting' | 'swarm'): void =>
        session.enter({ state, step: name, sinceMs: this.#now() });
      let environment = this.#options.pool.claim(definition);
      if (environment === null) {
        step('queued');
        await this.#admit(definition, session);
        const id = this.#options.newId(10);
        environment = await this.#options.host.create(
          { id, definition, filesFolder: this.#options.filesFolderOf(definition), onStep: step },
          AbortSignal.timeout(PROVISION_DEADLINE_MS),
        );
      }
      await this.#ready(session, environment);
      this.#options.pool.fill(definition);
    });
  }

  async #admit(definition: LabDefinition, session: LabSession | null = null): Promise<void> {
    const capacity = await this.#options.host.capacity(AbortSignal.timeout(SHORT_DEADLINE_MS));
    const running = this.all().filter((one) => one !== session && one.environment !== null).length;
    admit({ nodes: definition.nodes.length, runningLabs: running, maxLabs: this.#options.maxLabs }, capacity);
  }

  async #ready(session: LabSession, environment: LabEnvironment): Promise<void> {
    const grading = this.#options.startGrading({
      labSessionId: session.id,
      learnerId: session.learnerId,
      labId: session.definition.id,
      generation: session.generation,
      nodes: environment.nodes,
      onVerdict: (verdict) => session.announceVerdict(verdict),
      onProgress: () => session.announceProgress(),
    });
    session.own(environment, grading);
    if (session.activeExercise !== null) await grading.activate(session.activeExercise);
    session.enter({ state: 'ready', sinceMs: this.#now() });
    this.#options.log.info(
      { labSessionId: session.id, environmentId: environment.id, generation: session.generation },
      'lab ready',
    );
  }

  /** A failure becomes a state that the learner can see and leave by a reset. */
  async #attempt(session: LabSession, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (failure) {
      const { code, params } =
        failure instanceof LabError ? failure : new LabError('LAB_START_FAILED', String(failure));
      this.#options.log.error({ err: failure, labSessionId: session.id, code }, 'lab failed');
      session.enter({ state: 'failed', code, params, sinceMs: this.#now() });
    }
  }

  async #letGo(session: LabSession): Promise<void> {
    const { grading } = session;
    session.own(null, null);
    await this.#options.terminals.closeLab(session.id);
    await grading?.[Symbol.asyncDispose]();
  }

  async #remove(environmentId: string): Promise<void> {
    try {
      await this.#options.host.remove(environmentId, AbortSignal.timeout(SHORT_DEADLINE_MS));
    } catch (failure) {
      // It carries our label: the next start removes it.
      this.#options.log.warn({ err: failure, environmentId }, 'environment could not be removed');
    }
  }

  #makeSession(
    facts: Pick<LabSession, 'id' | 'learnerId' | 'definition' | 'createdAtMs' | 'generation'> & {
      readonly activeExercise: string | null;
    },
  ): LabSession {
    const session = new LabSession({
      ...facts,
      nowMs: () => this.#now(),
      terminals: (id) => this.#options.terminals.list(id),
      progress: this.#options.progress,
      onChange: (changed) => this.#options.store.save(changed.stored(), this.#now()),
    });
    this.#sessions.set(session.id, session);
    return session;
  }

  #inBackground(work: Promise<unknown>): void {
    const tracked = work.finally(() => this.#background.delete(tracked));
    this.#background.add(tracked);
    tracked.catch((failure: unknown) => this.#options.log.error({ err: failure }, 'background work failed'));
  }

  #now(): number {
    return this.#options.clock.nowMs();
  }
}
