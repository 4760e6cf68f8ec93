import type {
  WebhookEventType,
  WebhookOutcome,
  WebhookPayload,
  WebhookView,
} from '#contract/class-webhook.ts';
import type { CohortId } from '#contract/ids.ts';

/** One event that waits in the outbox, with what is sent of it. */
export interface DueEvent {
  readonly id: string;
  readonly payload: WebhookPayload;
  /** How often it was tried before. */
  readonly tries: number;
}

export interface Attempted {
  readonly outcome: WebhookOutcome;
  /** `null` where nobody answered. */
  readonly status: number | null;
}

export interface WebhookStore {
  /** Instead of any other, whose outbox goes. */
  set(cohortId: CohortId, hook: { readonly url: string; readonly secret: string }, nowMs: number): void;
  remove(cohortId: CohortId): void;
  view(cohortId: CohortId): WebhookView | null;
  /** Those with something to send, those that wait longest first. */
  cohortsDue(nowMs: number): CohortId[];
  /** The oldest that is due, and where it goes; `null`: none, or switched off. */
  nextDue(
    cohortId: CohortId,
    nowMs: number,
  ): { readonly url: string; readonly secret: string; readonly event: DueEvent } | null;
  add(cohortId: CohortId, type: WebhookEventType, nowMs: number): void;
  /** @param nextTryAtMs `null`: delivered, or given up */
  noteTry(eventId: string, tried: Attempted, nowMs: number, nextTryAtMs: number | null): void;
  /** @returns since when no delivery went well: the time of this failure, or of one before */
  noteFailing(cohortId: CohortId, nowMs: number): number;
  /** What waits is not tried before. */
  postpone(cohortId: CohortId, untilMs: number): void;
  noteWorking(cohortId: CohortId): void;
  /** Nothing more is sent, and what waits is given up. */
  disable(cohortId: CohortId, reason: 'gone' | 'failing', nowMs: number): void;
  enable(cohortId: CohortId): void;
}

export interface WebhookSender {
  /** Whether events may go to this address: an `https` one that leads outside, or a host that the operator named. */
  mayReach(url: string, signal: AbortSignal): Promise<boolean>;
  /** Never throws. */
  send(
    delivery: {
      readonly url: string;
      readonly body: string;
      readonly headers: Readonly<Record<string, string>>;
    },
    signal: AbortSignal,
  ): Promise<Attempted>;
}
