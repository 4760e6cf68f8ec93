import type { CareItem } from './care-item.ts';
import { type CareAction, type Carer, careFor, openPrepared } from './lab-care.ts';
import { LabError } from './lab-error.ts';
import type { LabSessions } from './lab-sessions.ts';
import type { Lane } from './lane.ts';

export interface CareRequest {
  /** Names the round; asking twice for the same one starts it once. */
  readonly id: string;
  /** Cohort or instructor whose round it is. */
  readonly scope: string;
  readonly by: Carer;
  readonly action: CareAction;
  readonly items: readonly CareItem[];
}

export interface CareRoundView extends CareRequest {
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled';
  readonly askedAtMs: number;
  readonly endedAtMs: number | null;
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
  readonly #items: CareItem[];
  #state: CareRoundView['state'];
  #endedAtMs: number | null;
  #isHalted = false;

  /** @param round new, or as it was stored: what was under way when the server went is done again */
  constructor(round: CareRoundView, parts: CareRoundParts) {
    this.#parts = parts;
    this.#asked = round;
    this.#state = round.state;
    this.#endedAtMs = round.endedAtMs;
    this.#items = round.items.map((item) =>
      item.state === 'running' ? { ...item, state: 'waiting' } : item,
    );
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
  get askedAtMs(): number {
    return this.#asked.askedAtMs;
  }
  get isOver(): boolean {
    return this.#endedAtMs !== null;
  }

  /** Whether both have to do with the same learner: then one comes after the other. */
  concernsSame(other: CareRound): boolean {
    const own = new Set(this.#items.map(({ learnerId }) => learnerId));
    return other.#items.some(({ learnerId }) => own.has(learnerId));
  }

  view(): CareRoundView {
    return { ...this.#asked, state: this.#state, items: [...this.#items], endedAtMs: this.#endedAtMs };
  }

  /** What has not begun is left; what has begun ends as it would. */
  cancel(): void {
    if (this.isOver) return;
    const isRunning = this.#state === 'running';
    this.#state = 'cancelled';
    for (const [at, item] of this.#items.entries())
      if (item.state === 'waiting') this.#items[at] = { ...item, state: 'skipped' };
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
    const turns = [...this.#items.keys()].filter((at) => this.#items[at]?.state === 'waiting');
    const next = async (): Promise<void> => {
      for (let at = turns.shift(); at !== undefined; at = turns.shift()) {
        const release = await lane.turn();
        if (!this.#isHalted) await this.#runItem(at);
        release();
      }
    };
    await Promise.all(Array.from({ length: lane.width }, next));
    if (this.#isHalted) return;
    this.#endedAtMs = this.#parts.nowMs();
    if (this.#state === 'running') this.#state = 'done';
    this.#tell();
  }

  async #runItem(at: number): Promise<void> {
    const item = this.#items[at];
    if (item?.state !== 'waiting') return;
    const beganAtMs = performance.now();
    const enter = (change: Partial<CareItem>): void => {
      const tookMs = change.state === 'running' ? null : Math.round(performance.now() - beganAtMs);
      this.#items[at] = { ...item, ...change, tookMs };
      this.#tell();
    };
    enter({ state: 'running' });
    try {
      enter(await this.#careFor(item));
    } catch (failure) {
      const { code, params } =
        failure instanceof LabError ? failure : new LabError('INTERNAL', String(failure));
      enter({ state: 'failed', problem: { code, params } });
    }
  }

  async #careFor({ learnerId, labSessionId }: CareItem): Promise<Partial<CareItem>> {
    const { action, by } = this.#asked;
    const { sessions } = this.#parts;
    if (labSessionId === null) {
      if (action.type !== 'prepare') throw new LabError('LEARNER_HAS_NO_LAB', `${learnerId} has no lab`);
      const { session, outcome } = await openPrepared(sessions, learnerId, action, by);
      return { state: outcome, labSessionId: session.id };
    }
    const session = sessions.all().find(({ id }) => id === labSessionId);
    if (session !== undefined) return { state: await careFor(sessions, session, action, by) };
    if (action.type !== 'close') throw new LabError('LAB_SESSION_UNKNOWN', 'closed meanwhile');
    return { state: 'done' };
  }

  #tell(): void {
    this.#parts.onChange(this.view());
  }
}
