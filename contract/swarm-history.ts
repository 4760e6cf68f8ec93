import type { NodeCondition } from './node-condition.ts';

/**
 * What happened in a lab, oldest first. Docker's events are merged with differences between snapshots, because
 * events miss rebalancing and a later deployment erases `UpdateStatus`. Facts only: judging is the checks' job.
 */
export type HistoryEntry = { readonly atMs: number; readonly seq: number } & HistoryFact;

export type HistoryFact =
  | {
      readonly type: 'service-created';
      readonly service: ServiceRef;
      readonly image: string;
      readonly stackImage: string | null;
      readonly replicas: number | null;
      readonly updateConfig: import('./swarm-snapshot.ts').UpdateConfig | null;
      readonly rollbackConfig: import('./swarm-snapshot.ts').UpdateConfig | null;
    }
  | { readonly type: 'service-removed'; readonly service: ServiceRef }
  | {
      /** The stored spec changed. `changed` names the fields of {@link ServiceSpec} that differ. */
      readonly type: 'spec-changed';
      readonly service: ServiceRef;
      readonly changed: readonly string[];
      readonly image: { readonly old: string; readonly new: string };
      readonly replicas: { readonly old: number | null; readonly new: number | null };
      readonly stackImage: string | null;
      readonly updateConfig: import('./swarm-snapshot.ts').UpdateConfig | null;
      readonly rollbackConfig: import('./swarm-snapshot.ts').UpdateConfig | null;
    }
  | {
      readonly type: 'update-state';
      readonly service: ServiceRef;
      readonly old: string | null;
      readonly new: string | null;
      readonly message: string;
      readonly source: 'event' | 'snapshot';
    }
  | {
      readonly type: 'task-state';
      readonly service: ServiceRef;
      readonly taskId: string;
      readonly slot: number | null;
      readonly node: string | null;
      readonly image: string;
      readonly old: string | null;
      readonly new: string;
      readonly desired: string;
      readonly error: string | null;
    }
  | {
      /** Running tasks of a service by image, written when the numbers change: the capacity line. */
      readonly type: 'capacity';
      readonly service: ServiceRef;
      readonly running: number;
      readonly desired: number;
      readonly byImage: Readonly<Record<string, number>>;
    }
  | {
      readonly type: 'health';
      readonly service: ServiceRef;
      readonly taskId: string;
      readonly health: string;
    }
  | {
      readonly type: 'node-changed';
      readonly node: string;
      readonly role: string;
      readonly availability: string;
      readonly state: string;
      readonly leader: boolean;
      readonly reachability: string | null;
    }
  | { readonly type: 'node-removed'; readonly node: string }
  | {
      /** A manager stopped or began to answer for its cluster: quorum lost and found again. */
      readonly type: 'control';
      readonly labNode: string;
      readonly answers: boolean;
      readonly error: string | null;
    }
  | {
      /** A swarm task's container on a lab node, seen by that node's own engine: known without quorum too. */
      readonly type: 'container';
      readonly labNode: string;
      readonly containerId: string;
      readonly taskId: string;
      /** `gone` when it is listed no more. */
      readonly state: string;
    }
  | {
      /** The learner's hand on a lab node's switch. */
      readonly type: 'power';
      readonly labNode: string;
      readonly on: boolean;
      /** Missing in entries of earlier versions, which knew cut power only: {@link conditionAfter}. */
      readonly condition?: NodeCondition;
    }
  | {
      /** A visitor's request to the lab's application, made while a rollout or a node's trouble is under way. */
      readonly type: 'request';
      /** The node that was asked last; others may have been passed over because nothing listened there. */
      readonly labNode: string;
      readonly outcome: RequestOutcome;
      /** HTTP status, where there was one. */
      readonly status: number | null;
      /** From the first connection to the end of the answer. */
      readonly durationMs: number;
      /** Version that the answer names. */
      readonly version: string | null;
    }
  | { readonly type: 'swarm-state'; readonly labNode: string; readonly old: string; readonly new: string };

/** `error`: an answer of 400 or more. `silent`: none in time, or a broken one. `refused`: nothing listens on any node. */
export type RequestOutcome = 'ok' | 'error' | 'silent' | 'refused';

export interface ServiceRef {
  readonly id: string;
  readonly name: string;
}

/** What a node was after a switch was thrown. */
export function conditionAfter({ on, condition }: Extract<HistoryFact, { type: 'power' }>): NodeCondition {
  return condition ?? (on ? 'on' : 'off');
}
