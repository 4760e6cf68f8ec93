import type { LabDefinition } from '#contract/definitions.ts';
import type { LabEnvironment } from '../ports.ts';
import { idleAction } from './idle-policy.ts';
import { BOOT_DEADLINE_MS, ENGINE_DEADLINE_MS, type LabParts } from './lab-parts.ts';
import type { LabSession } from './lab-session.ts';
import type { LabSessions } from './lab-sessions.ts';
import type { StoredLabSession } from './stores.ts';

/** So long a lab waits in the queue without its page. */
const WAIT_WITHOUT_PAGE_MS = 2 * 60_000;

/** What nobody asks for: taking over labs after a start of the server, and looking after those that run. */
export class LabUpkeep {
  readonly #parts: LabParts;
  readonly #sessions: LabSessions;

  constructor(parts: LabParts, sessions: LabSessions) {
    this.#parts = parts;
    this.#sessions = sessions;
  }

  /** After a start of the server: takes over what runs, and removes what belongs to nobody. */
  async adopt(): Promise<void> {
    const { host, store, log, clock, definitionOf } = this.#parts;
    await host.removeExpired(AbortSignal.timeout(BOOT_DEADLINE_MS));
    const environments = await host.list(AbortSignal.timeout(ENGINE_DEADLINE_MS));
    const found = new Map(environments.map((one) => [one.id, one]));
    const waiting: LabSession[] = [];
    for (const stored of store.listOpen()) {
      const environment = stored.environmentId === null ? undefined : found.get(stored.environmentId);
      const definition = definitionOf(stored.labId);
      if (definition !== null && isUnderWay(stored)) {
        waiting.push(this.#add(stored, definition));
        continue;
      }
      if (definition === null || environment === undefined || environment.state === 'broken') {
        // Nothing left to take over: the learner starts a fresh one, with all progress.
        store.save({ ...stored, state: 'closed', why: stored.why ?? { cause: 'lost' } }, clock.nowMs());
        continue;
      }
      found.delete(environment.id);
      await this.#takeOver(stored, definition, environment);
    }
    await Promise.all([...found.keys()].map((id) => this.#sessions.supply.remove(id)));
    // They have waited: first come, first served goes on.
    waiting.sort((a, b) => a.createdAtMs - b.createdAtMs);
    for (const session of waiting) this.#sessions.provision(session);
    log.info({ adopted: this.#sessions.all().length, removed: found.size }, 'labs adopted');
  }

  async #takeOver(
    stored: StoredLabSession,
    definition: LabDefinition,
    environment: LabEnvironment,
  ): Promise<void> {
    const { supply } = this.#sessions;
    const session = this.#add(stored, definition);
    session.own(environment, null);
    this.#believe(session, environment);
    await session.operate(() =>
      supply.attempt(session, async () => {
        await this.#revive(session, environment);
        await this.#parts.terminals.adopt(session.id, awakeNodes(session, environment));
        await supply.open(session, environment, supply.observe(session, environment));
      }),
    );
    const isPaused = stored.state === 'paused' && session.status.state === 'ready';
    if (isPaused && stored.why?.cause === 'instructor') await this.#sessions.pause(session, stored.why);
  }

  #add(stored: StoredLabSession, definition: LabDefinition): LabSession {
    return this.#sessions.registry.add({ ...stored, definition, activeExercise: stored.activeExerciseId });
  }

  /** Looks after all labs: pauses and closes idle ones, revives those whose nodes stopped. Never throws. */
  async sweep(): Promise<void> {
    const { host, log } = this.#parts;
    const begun = new Map(this.#sessions.all().map((session) => [session, session.changesBegun]));
    const environments = await host
      .list(AbortSignal.timeout(ENGINE_DEADLINE_MS))
      .catch((failure: unknown) => {
        log.warn({ err: failure }, 'engine does not answer');
        return null;
      });
    await this.#endForgottenWaits();
    this.#sessions.queue.serve();
    for (const [session, changes] of begun) {
      // What was listed is out of date for a lab that has been changed since.
      if (session.isBusy || session.changesBegun !== changes) continue;
      try {
        if (environments !== null) await this.#checkNodes(session, environments);
        await this.#applyIdlePolicy(session);
      } catch (failure) {
        log.warn({ err: failure, labSessionId: session.id }, 'lab could not be looked after');
      }
    }
  }

  async #checkNodes(session: LabSession, environments: readonly LabEnvironment[]): Promise<void> {
    const { log, clock } = this.#parts;
    if (session.status.state !== 'ready') return;
    const found = environments.find((one) => one.id === session.environment?.id);
    if (found === undefined || found.state === 'broken') {
      await this.#giveUp(session, found);
      return;
    }
    this.#believe(session, found);
    if (unexpectedlyFrozen(session, found).length + unexpectedlyOff(session, found).length === 0) return;
    log.warn(
      { labSessionId: session.id, stopped: found.stoppedNodes, frozen: found.frozenNodes },
      'starting lab nodes again',
    );
    await session.operate(async () => {
      session.enter({ state: 'resuming', sinceMs: clock.nowMs() });
      await this.#sessions.supply.attempt(session, async () => {
        await this.#revive(session, found);
        session.enter({ state: 'ready', sinceMs: clock.nowMs() });
      });
    });
  }

  async #giveUp(session: LabSession, found: LabEnvironment | undefined): Promise<void> {
    const { supply } = this.#sessions;
    await session.operate(async () => {
      await supply.letGo(session);
      if (found !== undefined) supply.inBackground(supply.remove(found.id));
      const sinceMs = this.#parts.clock.nowMs();
      session.enter({ state: 'failed', code: 'LAB_NODE_UNREACHABLE', params: {}, sinceMs });
    });
  }

  /** The engine knows better: a node that runs is neither off nor frozen, whatever was noted before a crash. */
  #believe(session: LabSession, { stoppedNodes, frozenNodes }: LabEnvironment): void {
    for (const node of session.nodesThatAre('off'))
      if (!stoppedNodes.includes(node)) session.setCondition(node, 'on');
    for (const node of session.nodesThatAre('frozen'))
      if (!frozenNodes.includes(node)) session.setCondition(node, 'on');
  }

  /** Thaws and starts what should run. A node that the learner switched off or froze stays so. */
  async #revive(session: LabSession, environment: LabEnvironment): Promise<void> {
    const { host } = this.#parts;
    const signal = AbortSignal.timeout(BOOT_DEADLINE_MS);
    if (unexpectedlyFrozen(session, environment).length > 0)
      await host.resume(environment, session.nodesThatAre('off', 'frozen'), signal);
    if (unexpectedlyOff(session, environment).length > 0)
      await host.restart(environment, session.nodesThatAre('off', 'frozen'), signal);
    // A node that booted just now is plugged in.
    for (const node of session.nodesThatAre('unplugged'))
      await host.switchNode(environment, node, 'unplugged', signal);
  }

  /** Whoever waits without a page would get a lab that nobody is at. */
  async #endForgottenWaits(): Promise<void> {
    const { clock, log } = this.#parts;
    const nowMs = clock.nowMs();
    const isForgotten = (session: LabSession): boolean =>
      session.connections === 0 && nowMs - session.lastSeenAtMs >= WAIT_WITHOUT_PAGE_MS;
    for (const session of this.#sessions.queue.waiting.filter(isForgotten)) {
      log.info({ labSessionId: session.id }, 'wait ended: nobody is there');
      await this.#sessions
        .close(session, { cause: 'left-queue', afterMs: WAIT_WITHOUT_PAGE_MS })
        // Its learner was quicker, and has left or got in.
        .catch((failure: unknown) => log.debug({ err: failure }, 'wait ended already'));
    }
  }

  async #applyIdlePolicy(session: LabSession): Promise<void> {
    const { state } = session.status;
    const action = idleAction(
      {
        state: state === 'ready' || state === 'paused' ? state : 'other',
        connections: session.connections,
        lastSeenAtMs: session.lastSeenAtMs,
        keepUntilMs: session.keepUntilMs,
      },
      this.#parts.idle,
      this.#parts.clock.nowMs(),
    );
    const { pauseMs, closeMs } = this.#parts.idle;
    if (action === 'pause') await this.#sessions.pause(session, { cause: 'idle', afterMs: pauseMs });
    if (action === 'close') {
      this.#parts.log.info({ labSessionId: session.id }, 'idle lab closed');
      await this.#sessions.close(session, { cause: 'idle', afterMs: closeMs });
    }
  }
}

/** It waited for room, or was being created: its learner waits for it still. */
function isUnderWay({ state, environmentId }: StoredLabSession): boolean {
  return environmentId === null && (state === 'provisioning' || state === 'resetting');
}

function unexpectedlyOff(session: LabSession, environment: LabEnvironment): string[] {
  return environment.stoppedNodes.filter((name) => session.conditionOf(name) !== 'off');
}

/** Frozen by us for an idle lab, or by whoever; not by the learner. */
function unexpectedlyFrozen(session: LabSession, environment: LabEnvironment): string[] {
  return environment.frozenNodes.filter((name) => session.conditionOf(name) !== 'frozen');
}

/** Those whose terminals can be asked for. */
function awakeNodes(session: LabSession, environment: LabEnvironment): LabEnvironment['nodes'] {
  const awake = session.nodesThatAre('on', 'unplugged');
  return environment.nodes.filter(({ name }) => awake.includes(name));
}
