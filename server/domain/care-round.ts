import type { ErrorCode } from '#contract/error-codes.ts';
import { type CareAction, type Carer, careFor } from './lab-care.ts';
import { LabError } from './lab-error.ts';
import type { LabSession } from './lab-session.ts';
import type { LabSessions } from './lab-sessions.ts';
import type { Lane } from './lane.ts';

export interface CareRequest {
  /** Names the round; asking twice for the same one starts it once. */
  readonly id: string;
  /** Cohort or instructor within which one round goes on at a time. */
  readonly scope: string;
  readonly by: Carer;
  readonly action: CareAction;
  readonly labSessionIds: readonly string[];
}

export interface CareItem {
  readonly labSessionId: string;
  /** `skipped`: the round was cancelled before its turn. */
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  /** Why it failed. */
  readonly problem: { readonly code: ErrorCode; readonly params: LabError['params'] } | null;
  readonly tookMs: number | null;
}

export interface CareRoundView {
  readonly id: string;
  readonly scope: string;
  readonly by: Carer;
  readonly action: CareAction;
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled';
  readonly items: readonly CareItem[];
  readonly askedAtMs: number;
  readonly endedAtMs: number | null;
}

export type CareListener = (round: CareRoundView) => void;

/** One action for many labs: what was asked, how far it is, and what came of each. */
export class CareRound {
  readonly #request: CareRequest;
  readonly #sessions: LabSessions;
  readonly #nowMs: () => number;
  readonly #askedAtMs: number;
  readonly #items = new Map<string, CareItem>();
  readonly #listeners = new Set<CareListener>();
  #state: CareRoundView['state'] = 'waiting';
  #endedAtMs: number | null = null;

  constructor(request: CareRequest, sessions: LabSessions, nowMs: () => number) {
    this.#request = request;
    this.#sessions = sessions;
    this.#nowMs = nowMs;
    this.#askedAtMs = nowMs();
    for (const labSessionId of request.labSessionIds)
      this.#items.set(labSessionId, { labSessionId, state: 'waiting', problem: null, tookMs: null });
  }

  get id(): string {
    return this.#request.id;
  }
  get scope(): string {
    return this.#request.scope;
  }
  get isOver(): boolean {
    return this.#endedAtMs !== null;
  }

  view(): CareRoundView {
    const { id, scope, by, action } = this.#request;
    return {
      ...{ id, scope, by, action },
      state: this.#state,
      items: [...this.#items.values()],
      askedAtMs: this.#askedAtMs,
      endedAtMs: this.#endedAtMs,
    };
  }

  /** Calls back at once and after each change, until the returned function is called. */
  watch(listener: CareListener): () => void {
    this.#listeners.add(listener);
    listener(this.view());
    return () => this.#listeners.delete(listener);
  }

  /** What has not begun is left; what has begun ends as it would. */
  cancel(): void {
    if (this.isOver) return;
    const isRunning = this.#state === 'running';
    this.#state = 'cancelled';
    for (const item of this.#items.values())
      if (item.state === 'waiting') this.#items.set(item.labSessionId, { ...item, state: 'skipped' });
    if (!isRunning) this.#endedAtMs = this.#nowMs();
    this.#tell();
  }

  /**
   * Goes through the labs in their order, as many at a time as the lane is wide. Never throws: each lab has its result.
   */
  async run(lane: Lane): Promise<void> {
    if (this.isOver) return;
    this.#state = 'running';
    this.#tell();
    const ids = [...this.#items.keys()];
    const next = async (): Promise<void> => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
        const release = await lane.turn();
        await this.#runItem(id).finally(release);
      }
    };
    await Promise.all(Array.from({ length: lane.width }, next));
    this.#endedAtMs = this.#nowMs();
    if (this.#state === 'running') this.#state = 'done';
    this.#tell();
    this.#listeners.clear();
  }

  async #runItem(labSessionId: string): Promise<void> {
    if (this.#items.get(labSessionId)?.state !== 'waiting') return;
    const beganAtMs = performance.now();
    const enter = (state: CareItem['state'], problem: CareItem['problem'] = null): void => {
      const tookMs = state === 'running' ? null : Math.round(performance.now() - beganAtMs);
      this.#items.set(labSessionId, { labSessionId, state, problem, tookMs });
      this.#tell();
    };
    enter('running');
    try {
      await this.#careFor(this.#sessions.all().find(({ id }) => id === labSessionId));
      enter('done');
    } catch (failure) {
      const { code, params } =
        failure instanceof LabError ? failure : new LabError('INTERNAL', String(failure));
      enter('failed', { code, params });
    }
  }

  async #careFor(session: LabSession | undefined): Promise<void> {
    const { action, by } = this.#request;
    if (session !== undefined) await careFor(this.#sessions, session, action, by);
    else if (action.type !== 'close') throw new LabError('LAB_SESSION_UNKNOWN', 'closed meanwhile');
  }

  #tell(): void {
    const view = this.view();
    for (const listener of this.#listeners) listener(view);
  }
}
