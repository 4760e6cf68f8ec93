import type { CareItemState } from '#contract/class-care.ts';
import type { ErrorCode } from '#contract/error-codes.ts';
import type { LabSessionId, LearnerId } from '#contract/ids.ts';
import type { LabError } from './lab-error.ts';

/** One lab that a round is for, or a learner who has none. */
export interface CareSubject {
  readonly learnerId: LearnerId;
  /** `null`: a learner without this lab, who gets one where the action can start it. */
  readonly labSessionId: LabSessionId | null;
  readonly labId: string | null;
}

/** How far it is with one of them. */
export interface CareItem extends CareSubject {
  readonly state: CareItemState;
  /** Why it failed, or why nothing was done. */
  readonly problem: { readonly code: ErrorCode; readonly params: LabError['params'] } | null;
  readonly tookMs: number | null;
}

/** @param code why nothing can be done; `null`: its turn will come */
export function newItem(subject: CareSubject, code: ErrorCode | null): CareItem {
  const { learnerId, labSessionId, labId } = subject;
  const outcome =
    code === null
      ? ({ state: 'waiting', problem: null } as const)
      : ({ state: 'skipped', problem: { code, params: {} } } as const);
  return { learnerId, labSessionId, labId, ...outcome, tookMs: null };
}
