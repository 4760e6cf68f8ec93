import type { LabDefinition } from '#contract/definitions.ts';
import type { ErrorCode } from '#contract/error-codes.ts';
import type { LocalizedText } from '#contract/language.ts';
import { LabError } from './lab-error.ts';
import type { LabParts } from './lab-parts.ts';
import type { LabSessions } from './lab-sessions.ts';

/** So many labs of one definition are to be booted at a time of day, and kept for their learners until another. */
export interface WarmPlan {
  readonly id: string;
  /** Cohort or instructor whose plan it is. */
  readonly scope: string;
  readonly labId: string;
  /** Labs in use and labs that wait for their learners, together. */
  readonly count: number;
  readonly atMs: number;
  readonly untilMs: number;
  readonly askedBy: string;
}

export interface WarmPlanStore {
  save(plan: WarmPlan): void;
  remove(id: string): void;
  /** The next one first. */
  list(): WarmPlan[];
}

export interface WarmPlanView extends WarmPlan {
  readonly title: LocalizedText;
  /** When the first of them will be booted. */
  readonly beginsAtMs: number;
  readonly state: 'planned' | 'filling' | 'ready';
  /** Of this lab: booted and nobody's yet, and in use. */
  readonly ready: number;
  readonly inUse: number;
  /** Why there are not more, when that is known. */
  readonly short: { readonly code: ErrorCode; readonly params: LabError['params'] } | null;
}

/** Of all scopes together. */
const PLANS = 50;
const COUNT = 200;
/** Reckoned for a node's boot until one was measured here. */
const START_MS_PER_NODE = 10_000;
const MARGIN_MS = 60_000;

/** Boots labs ahead of a class, as far as the machine can bear them, and gives them back when it is over. */
export class WarmPlans {
  readonly #parts: Pick<LabParts, 'pool' | 'clock' | 'definitionOf' | 'maxLabs'>;
  readonly #store: WarmPlanStore;
  readonly #sessions: LabSessions;
  /** Labs that were kept warm by a plan: what is left of them goes when no plan wants it. */
  readonly #planned = new Set<string>();

  constructor(
    parts: Pick<LabParts, 'pool' | 'clock' | 'definitionOf' | 'maxLabs'>,
    store: WarmPlanStore,
    sessions: LabSessions,
  ) {
    this.#parts = parts;
    this.#store = store;
    this.#sessions = sessions;
  }

  /** @throws {LabError} LAB_UNKNOWN, REQUEST_INVALID, TOO_MANY_REQUESTS */
  warmUp(plan: WarmPlan): WarmPlanView {
    if (this.#parts.definitionOf(plan.labId) === null)
      throw new LabError('LAB_UNKNOWN', `no lab ${plan.labId}`);
    const isSound = plan.count >= 1 && plan.count <= COUNT && plan.untilMs > plan.atMs;
    if (!isSound || plan.untilMs <= this.#parts.clock.nowMs())
      throw new LabError('REQUEST_INVALID', 'a plan is for 1 to 200 labs and ends after its beginning');
    if (this.#store.list().length >= PLANS)
      throw new LabError('TOO_MANY_REQUESTS', `${PLANS} plans are kept already`);
    this.#store.save(plan);
    this.tick();
    return this.#view(plan);
  }

  /** What it has booted is given back. @throws {LabError} NOT_FOUND also for a plan of another scope */
  cancel(scope: string, id: string): void {
    const plan = this.#store.list().find((one) => one.id === id && one.scope === scope);
    if (plan === undefined) throw new LabError('NOT_FOUND', `no plan ${id} in ${scope}`);
    this.#store.remove(id);
    this.tick();
  }

  /** The next one first. */
  list(scope: string): WarmPlanView[] {
    return this.#store
      .list()
      .filter((plan) => plan.scope === scope)
      .map((plan) => this.#view(plan));
  }

  /** Labs in plans of all other scopes. */
  plannedBeside(scope: string): number {
    const others = this.#store.list().filter((plan) => plan.scope !== scope);
    return others.reduce((sum, plan) => sum + plan.count, 0);
  }

  /** Nothing is left of a scope that is no more. */
  forget(scope: string): void {
    for (const plan of this.#store.list()) if (plan.scope === scope) this.#store.remove(plan.id);
    this.tick();
  }

  /** How many of this lab the plans want warm now. Whoever has one in use needs none. */
  targetOf({ id }: LabDefinition): number {
    const nowMs = this.#parts.clock.nowMs();
    const wanted = this.#store
      .list()
      .filter((plan) => plan.labId === id && this.#beginsAtMs(plan) <= nowMs && nowMs < plan.untilMs)
      .reduce((sum, plan) => sum + plan.count, 0);
    const open = this.#sessions.all();
    const places = (this.#parts.maxLabs ?? Number.POSITIVE_INFINITY) - open.length;
    return Math.max(0, Math.min(wanted - this.#inUse(id), places));
  }

  /** Looks at the clock: fills what a plan wants now and gives back what none wants any more. */
  tick(): void {
    const { pool, clock, definitionOf } = this.#parts;
    for (const plan of this.#store.list()) {
      if (clock.nowMs() >= plan.untilMs) this.#store.remove(plan.id);
      else if (this.#beginsAtMs(plan) <= clock.nowMs()) this.#planned.add(plan.labId);
    }
    for (const labId of this.#planned) {
      const definition = definitionOf(labId);
      if (definition === null) continue;
      if (this.targetOf(definition) === 0) this.#planned.delete(labId);
      pool.fill(definition);
    }
  }

  /** Early enough that all are booted at the time, one after the other. */
  #beginsAtMs({ labId, count, atMs }: WarmPlan): number {
    const nodes = this.#parts.definitionOf(labId)?.nodes.length ?? 1;
    const startMs = this.#sessions.queue.estimate.startMs(nodes) ?? nodes * START_MS_PER_NODE;
    return atMs - count * startMs - MARGIN_MS;
  }

  #inUse(labId: string): number {
    return this.#sessions.all().filter(({ definition }) => definition.id === labId).length;
  }

  #view(plan: WarmPlan): WarmPlanView {
    const { pool, clock, definitionOf } = this.#parts;
    const title = definitionOf(plan.labId)?.title ?? { ko: plan.labId, en: plan.labId };
    const [ready, inUse] = [pool.ready(plan.labId), this.#inUse(plan.labId)];
    const beginsAtMs = this.#beginsAtMs(plan);
    const isTime = beginsAtMs <= clock.nowMs();
    const isReady = ready + inUse >= plan.count;
    const state = isReady ? 'ready' : isTime ? 'filling' : 'planned';
    return {
      ...plan,
      title,
      beginsAtMs,
      state,
      ready,
      inUse,
      short: state === 'filling' ? this.#shortage(plan) : null,
    };
  }

  #shortage({ labId }: WarmPlan): WarmPlanView['short'] {
    const { pool, maxLabs } = this.#parts;
    const running = this.#sessions.all().length;
    const limit = maxLabs ?? Number.POSITIVE_INFINITY;
    if (running + pool.size >= limit) return { code: 'LAB_CAPACITY_REACHED', params: { running, limit } };
    const refusal = pool.refusal(labId);
    if (refusal === null) return null;
    return refusal instanceof LabError
      ? { code: refusal.code, params: refusal.params }
      : { code: 'LAB_START_FAILED', params: {} };
  }
}
