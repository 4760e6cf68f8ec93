import type { QueuePlace } from '#contract/api.ts';
import type { LabEnvironment } from '../ports.ts';
import { prepareExercise } from './exercise-preparation.ts';
import { LabError } from './lab-error.ts';
import { BOOT_DEADLINE_MS, ENGINE_DEADLINE_MS, type LabParts } from './lab-parts.ts';
import { type LabQueue, QueueStopped } from './lab-queue.ts';
import type { LabSession } from './lab-session.ts';
import { LimitNews } from './limit-news.ts';
import type { SessionGrading } from './session-grading.ts';

/** A busy engine may need longer than one deadline to end five nodes. */
const REMOVE_ATTEMPTS = 3;

interface Provision {
  readonly state: 'provisioning' | 'resetting';
  /** Exercise to whose start the lab is brought; `null`: the lab stays as it is when fresh. */
  readonly prepare: string | null;
  /** The environment before, which is on its way out and makes room. */
  readonly leaving: Promise<void> | null;
}

/** Gives lab sessions their environments and takes them back. */
export class LabSupply {
  readonly #parts: LabParts;
  readonly #queue: LabQueue;
  readonly #limitNews: LimitNews;
  /** Work that nobody waits for, until the server stops. */
  readonly #background = new Set<Promise<unknown>>();
  #isLeaving = false;

  constructor(parts: LabParts, queue: LabQueue) {
    this.#parts = parts;
    this.#queue = queue;
    this.#limitNews = new LimitNews(parts);
  }

  async provision(session: LabSession, provision: Provision, signal: AbortSignal): Promise<void> {
    const { pool, log } = this.#parts;
    await this.attempt(session, async () => {
      const beganAtMs = performance.now();
      const environment = await this.#obtain(session, provision, signal);
      try {
        await this.#hand(session, environment, provision, signal);
      } catch (failure) {
        await this.letGo(session);
        this.inBackground(this.remove(environment.id));
        throw failure;
      }
      log.info(
        {
          labSessionId: session.id,
          environmentId: environment.id,
          generation: session.generation,
          prepared: provision.prepare,
          durationMs: Math.round(performance.now() - beganAtMs),
        },
        'lab ready',
      );
    });
    pool.fill(session.definition);
  }

  /** Begins to look at the swarm; the caller makes the session own it. */
  observe(session: LabSession, environment: LabEnvironment): SessionGrading {
    const { generation } = session;
    return this.#parts.startGrading({
      labSessionId: session.id,
      // It may change: two learners can become one.
      get learnerId() {
        return session.learnerId;
      },
      labId: session.definition.id,
      generation,
      nodes: environment.nodes,
      isWatched: () => session.isWatched,
      probe: session.definition.probe ?? null,
      onVerdict: (verdict) => session.tell({ type: 'verdict', verdict }),
      onAttempt: (attempt) => session.attempted(attempt),
      onProgress: () => session.announceProgress(),
      onNodes: (nodes) => session.tell({ type: 'nodes', nodes }),
      onWaiting: (waiting) => session.tell({ type: 'waiting', waiting }),
      onMap: (map) => session.tell({ type: 'map', map }),
      onHistory: (entries) => session.tell({ type: 'history', generation, entries }),
      onPorts: (ports) => session.tell({ type: 'ports', ports }),
      onNotice: (notice) => session.notify('info', notice),
    });
  }

  /** From here on the lab is the learner's: what happens now counts. */
  async open(session: LabSession, environment: LabEnvironment, grading: SessionGrading): Promise<void> {
    session.own(environment, grading);
    this.#limitNews.begin(session, environment);
    if (session.activeExercise !== null) await grading.activate(session.activeExercise);
    session.enter({ state: 'ready', sinceMs: this.#parts.clock.nowMs() });
  }

  /** A failure becomes a state that the learner can see and leave by a reset. */
  async attempt(session: LabSession, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (failure) {
      // It stays as it is stored, and the next start takes it up again.
      if (this.#isLeaving || failure instanceof QueueStopped) return;
      // It is being closed: what follows says so.
      if (failure instanceof LabError && failure.code === 'LAB_SESSION_UNKNOWN') return;
      const { code, params } =
        failure instanceof LabError ? failure : new LabError('LAB_START_FAILED', String(failure));
      this.#parts.log.error({ err: failure, labSessionId: session.id, code }, 'lab failed');
      session.enter({ state: 'failed', code, params, sinceMs: this.#parts.clock.nowMs() });
    }
  }

  /** Ends what the server has open to the session's environment. */
  async letGo(session: LabSession): Promise<void> {
    const { grading } = session;
    session.own(null, null);
    this.#limitNews.end(session);
    this.#parts.previews.closeLab(session.id);
    await this.#parts.terminals.closeLab(session.id);
    await grading?.[Symbol.asyncDispose]();
  }

  /** The engine is lost to this process: what fails from now on says nothing about the lab. */
  leave(): void {
    this.#isLeaving = true;
  }

  remove(environmentId: string): Promise<void> {
    return this.#queue.freeing(() => this.#remove(environmentId));
  }

  async #remove(environmentId: string): Promise<void> {
    for (let attempt = 1; attempt <= REMOVE_ATTEMPTS; attempt++) {
      try {
        await this.#parts.host.remove(environmentId, AbortSignal.timeout(ENGINE_DEADLINE_MS));
        return;
      } catch (failure) {
        // It carries our label: should it stay after all, the next start removes it.
        this.#parts.log.warn({ err: failure, environmentId, attempt }, 'environment could not be removed');
      }
    }
  }

  inBackground(work: Promise<unknown>): void {
    const tracked = work.finally(() => {
      this.#background.delete(tracked);
      // A lab that failed has given its place back.
      this.#queue.serve();
    });
    this.#background.add(tracked);
    tracked.catch((failure: unknown) => this.#parts.log.error({ err: failure }, 'background work failed'));
  }

  async backgroundDone(): Promise<void> {
    await Promise.allSettled(this.#background);
  }

  async #obtain(session: LabSession, provision: Provision, signal: AbortSignal): Promise<LabEnvironment> {
    const { host, pool, newId, filesFolderOf } = this.#parts;
    const { definition } = session;
    pool.asked(definition, session.learnerId);
    this.#step(session, provision, 'queued');
    const request = {
      session,
      leaving: provision.leaving,
      onPlace: (place: QueuePlace) => session.showQueue(place),
    };
    const turn = await this.#queue.enter(request, signal);
    for (const notice of turn.notices) session.notify('warning', notice);
    if (turn.warm !== null) return turn.warm;
    let succeeded = false;
    try {
      const environment = await host.create(
        {
          id: newId(10),
          definition,
          filesFolder: filesFolderOf(definition),
          onStep: (step) => this.#step(session, provision, step),
        },
        AbortSignal.any([signal, AbortSignal.timeout(BOOT_DEADLINE_MS)]),
      );
      succeeded = true;
      return environment;
    } finally {
      turn.started(succeeded);
    }
  }

  async #hand(
    session: LabSession,
    environment: LabEnvironment,
    provision: Provision,
    signal: AbortSignal,
  ): Promise<void> {
    const grading = this.observe(session, environment);
    try {
      const { prepare: exercise } = provision;
      if (exercise !== null) {
        this.#step(session, provision, 'replaying');
        const { definition } = session;
        const preparation = { exercise, definition, environment, grading };
        session.setConditions(await prepareExercise(this.#parts, preparation, signal));
      }
    } catch (failure) {
      await grading[Symbol.asyncDispose]();
      throw failure;
    }
    await this.open(session, environment, grading);
  }

  #step(
    session: LabSession,
    { state }: Provision,
    step: 'queued' | 'creating' | 'booting' | 'swarm' | 'replaying',
  ): void {
    session.enter({ state, step, sinceMs: this.#parts.clock.nowMs() });
  }
}
