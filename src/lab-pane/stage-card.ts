import type { ErrorParams, LabReason, LabSessionState, QueuePlace } from '#contract/api.ts';
import type { LabProblem, ProblemCode } from '../api-client/lab-problem.ts';
import type { LabWork, SignIn } from './lab-controller.ts';
import type { LabStep } from './texts.ts';

export interface StageFacts {
  readonly signIn: SignIn;
  readonly hasLesson: boolean;
  /** Whether it is known that no lab runs where there is no status. */
  readonly isJoined: boolean;
  readonly status: LabSessionState | null;
  readonly work: LabWork | null;
  readonly problem: LabProblem | null;
}

/** What stands in the place of the terminals; `null` when they are there. */
export type StageCard =
  | { readonly kind: 'checking' }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'start' }
  | { readonly kind: 'closed'; readonly why: LabReason | null }
  /** `canLeave`: a reset goes on as soon as it can, there is nothing to go back to. */
  | { readonly kind: 'waiting'; readonly place: QueuePlace; readonly canLeave: boolean }
  | { readonly kind: 'progress'; readonly step: LabStep | null }
  | { readonly kind: 'paused'; readonly isWaking: boolean; readonly why: LabReason | null }
  | {
      readonly kind: 'failed';
      readonly code: ProblemCode;
      readonly params: ErrorParams;
    };

export function stageCard({
  signIn,
  hasLesson,
  isJoined,
  status,
  work,
  problem,
}: StageFacts): StageCard | null {
  if (signIn === 'out') return { kind: 'sign-in' };
  if (status) return cardOfLab(status, work);
  if (!hasLesson || !isJoined) return problem ? { kind: 'unavailable' } : { kind: 'checking' };
  return work === 'starting' ? { kind: 'progress', step: null } : { kind: 'start' };
}

function cardOfLab(status: LabSessionState, work: LabWork | null): StageCard | null {
  switch (status.state) {
    case 'provisioning':
    case 'resetting':
      return status.queue
        ? { kind: 'waiting', place: status.queue, canLeave: status.state === 'provisioning' }
        : { kind: 'progress', step: status.step };
    case 'paused':
    case 'resuming':
      return {
        kind: 'paused',
        isWaking: status.state === 'resuming' || work === 'resuming',
        why: (status.state === 'paused' && status.why) || null,
      };
    case 'failed':
      if (work === 'resetting' || work === 'preparing') return { kind: 'progress', step: null };
      return { kind: 'failed', code: status.code, params: status.params };
    case 'closed':
      return work === 'starting'
        ? { kind: 'progress', step: null }
        : { kind: 'closed', why: status.why ?? null };
    case 'ready':
      return null;
  }
}
