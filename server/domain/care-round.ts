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

/** As it is asked for. */
export function newRound({ labSessionIds, ...asked }: CareRequest, askedAtMs: number): CareRoundView {
  const items = [...new Set(labSessionIds)].map(
    (labSessionId) => ({ labSessionId, state: 'waiting', problem: null, tookMs: null }) as const,
  );
  return { ...asked, state: 'waiting', items, askedAtMs, endedAtMs: null };
}

interface CareRoundParts {
  readonly sessions: LabSessions;
  readonly nowMs: () => number;
  readonly onChange: (round: CareRoundView) => void;
}

/** One action for many labs: what was asked, how far it is, and what came of each. */
export class CareRound {
  readonly #parts: CareRoundParts;
  readonly #asked: CareRoundView;
  readonly #items: Map<string, CareItem>;
  readonly #listeners = new Set<CareListener>();
  #state: CareRoundView['state'];
  #endedAtMs: number | null;
  #isHalted = false;

  /** @param round new, or as it was stored: what was under way when the server went is done again */
  constructor(round: CareRoundView, parts: CareRoundParts) {
    this.#parts = parts;
    this.#asked = round;
    this.#state = round.state;
    this.#endedAtMs = round.endedAtMs;
    const again = (item: CareItem): CareItem =>
      item.state === 'running' ? { ...item, state: 'waiting' } : item;
    this.#items = new Map(round.items.map((item) => [item.labSessionId, again(item)]));
  }

  get id(): string {
    return this.#asked.id;
  }
  get scope(): string {
    return this.#asked.scope;
  }
  get action(): CareAction {
    return this.#asked.action;
  }
  get isOver(): boolean {
    return this.#endedAtMs !== null;
  }

  view(): CareRoundView {
    return {
      ...this.#asked,
      state: this.#state,
      items: [...this.#items.values()],
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
    if (!isRunning) this.#endedAtMs = this.#parts.nowMs();
    this.#tell();
  }

  /** Begins nothing more. It is not over: the next start of the server goes on with it. */
  halt(): void {
    this.#isHalted = true;
  }

  /**
   * Goes through the labs in their order, as many at a time as the lane is wide. Never throws: each lab has its result.
   */
  async run(lane: Lane): Promise<void> {
    if (this.isOver || this.#isHalted) return;
    if (this.#state === 'waiting') this.#state = 'running';
    this.#tell();
    const ids = [...this.#items.keys()];
    const next = async (): Promise<void> => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
        const release = await lane.turn();
        if (!this.#isHalted) await this.#runItem(id);
        release();
      }
    };
    await Promise.all(Array.from({ length: lane.width }, next));
    if (this.#isHalted) return;
    this.#endedAtMs = this.#parts.nowMs();
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
      await this.#careFor(this.#parts.sessions.all().find(({ id }) => id === labSessionId));
      enter('done');
    } catch (failure) {
      const { code, params } =
        failure instanceof LabError ? failure : new LabError('INTERNAL', String(failure));
      enter('failed', { code, params });
    }
  }

  async #careFor(session: LabSession | undefined): Promise<void> {
    const { action, by } = this.#asked;
    if (session !== undefined) await careFor(this.#parts.sessions, session, action, by);
    else if (action.type !== 'close') throw new LabError('LAB_SESSION_UNKNOWN', 'closed meanwhile');
  }

  #tell(): void {
    const view = this.view();
    this.#parts.onChange(view);
    for (const listener of this.#listeners) listener(view);
  }
}
