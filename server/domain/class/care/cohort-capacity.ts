import {
  type CapacityView,
  type NewWarmPlan,
  WARM_AHEAD_MAX_MS,
  WARM_LENGTH_MAX_MS,
  type Waiter,
  type WarmPlan,
} from '#contract/class-capacity.ts';
import type { HostCapacity } from '../../../ports.ts';
import type { CapacityReport } from '../../capacity-report.ts';
import { LabError } from '../../lab-error.ts';
import type { LabSessions } from '../../lab-sessions.ts';
import type { Instructor } from '../../stores.ts';
import type { WarmPlans, WarmPlanView } from '../../warm-plans.ts';
import type { Cohort, EnrolmentStore } from '../class-stores.ts';

export interface CohortCapacityParts {
  readonly sessions: Pick<LabSessions, 'queue'>;
  readonly warmPlans: WarmPlans;
  readonly enrolments: Pick<EnrolmentStore, 'get'>;
  readonly report: () => Promise<CapacityReport & HostCapacity>;
  readonly nowMs: () => number;
}

/** The machine as instructors see it: numbers of all, names of their own class. */
export class CohortCapacity {
  readonly #parts: CohortCapacityParts;

  constructor(parts: CohortCapacityParts) {
    this.#parts = parts;
  }

  async view(cohort: Cohort): Promise<CapacityView> {
    const { report, warmPlans, nowMs } = this.#parts;
    const machine = await report().catch(() => null);
    return {
      nowMs: nowMs(),
      machine: machine && machineOf(machine),
      queue: this.#queue(cohort),
      plans: warmPlans.list(cohort.id).map(planOf),
      plannedByOthers: warmPlans.plannedBeside(cohort.id),
    };
  }

  /** @throws {LabError} LAB_UNKNOWN, WARM_TIME_INVALID, TOO_MANY_REQUESTS */
  warmUp(cohort: Cohort, by: Instructor, { id, lab, count, atMs, untilMs }: NewWarmPlan): WarmPlan {
    const nowMs = this.#parts.nowMs();
    const isSound =
      untilMs > Math.max(atMs, nowMs) &&
      untilMs - Math.max(atMs, nowMs) <= WARM_LENGTH_MAX_MS &&
      atMs - nowMs <= WARM_AHEAD_MAX_MS;
    if (!isSound) throw new LabError('WARM_TIME_INVALID', 'a plan ends after its beginning, within a day');
    const same = this.#parts.warmPlans.list(cohort.id).find((plan) => plan.id === id);
    const plan = { id, scope: cohort.id, labId: lab, count, atMs, untilMs, askedBy: by.name };
    return planOf(same ?? this.#parts.warmPlans.warmUp(plan));
  }

  /** @throws {LabError} NOT_FOUND */
  cancel(cohort: Cohort, id: string): void {
    this.#parts.warmPlans.cancel(cohort.id, id);
  }

  #queue(cohort: Cohort): Waiter[] {
    const { sessions, enrolments } = this.#parts;
    return sessions.queue.waiting.flatMap(({ learnerId, definition, status }) => {
      const learner = enrolments.get(learnerId);
      if (learner?.cohortId !== cohort.id) return [];
      const place = ('queue' in status && status.queue) || null;
      return [{ name: learner.name, title: definition.title, place }];
    });
  }
}

function machineOf({ roomFor, ...report }: CapacityReport & HostCapacity): CapacityView['machine'] {
  return {
    ...report,
    roomFor: Object.entries(roomFor).map(([nodes, labs]) => ({ nodes: Number(nodes), labs })),
  };
}

function planOf(plan: WarmPlanView): WarmPlan {
  const { scope: _scope, labId, ...rest } = plan;
  return { ...rest, lab: labId };
}
