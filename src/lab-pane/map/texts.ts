import type { NodeCondition } from '#contract/node-condition.ts';
import type { MapService } from '#contract/swarm-map.ts';
import type { TroubleKind } from './task-error.ts';
import type { TaskPhase } from './task-phase.ts';

export type UpdateState = NonNullable<MapService['update']>['state'];

/** Everything that the map says. `code` in backticks; names that a learner chose are set in code by the map itself. */
export interface MapTexts {
  readonly region: string;
  /** There is no map yet: why, and what to do. */
  readonly noLab: string;
  readonly notSeen: string;
  /** In no swarm, for a lab of one node and of several. */
  readonly begin: (nodes: number) => string;
  readonly outside: string;
  readonly join: string;
  readonly untold: string;
  readonly swarmOf: (nodes: string) => string;
  readonly offline: string;
  readonly paused: string;
  readonly stale: (since: string) => string;
  readonly staleReason: string;
  readonly services: string;
  readonly noServices: string;
  readonly running: (running: number, desired: number) => string;
  readonly missing: (count: number) => string;
  readonly more: (count: number) => string;
  readonly updates: Readonly<Record<UpdateState, string>>;
  readonly nodes: string;
  readonly node: {
    readonly empty: string;
    readonly silent: (since: string) => string;
    readonly notOurs: string;
    readonly double: (id: string) => string;
    readonly drain: string;
    readonly pause: string;
    readonly down: string;
    readonly unknown: string;
    readonly disconnected: string;
    readonly unreachable: string;
    readonly locked: string;
    readonly pending: string;
    readonly conditions: Readonly<Record<Exclude<NodeCondition, 'on'>, string>>;
  };
  readonly unplaced: string;
  readonly unlisted: (tasks: number) => string;
  readonly phases: Readonly<Record<TaskPhase, string>>;
  readonly legend: string;
  readonly tasks: (service: string) => string;
  readonly tile: (name: string, version: string, phase: string) => string;
  readonly times: (count: number) => string;
  readonly details: {
    readonly image: string;
    readonly node: string;
    readonly noNode: string;
    readonly state: string;
    readonly wanted: (state: string) => string;
    readonly health: string;
    readonly healths: Readonly<Record<'none' | 'starting' | 'healthy' | 'unhealthy' | 'unknown', string>>;
    readonly since: (elapsed: string) => string;
    readonly before: (version: string, elapsed: string) => string;
  };
  readonly troubles: Readonly<Record<Exclude<TroubleKind, 'exit'>, string>>;
  readonly exit: (code: number) => string;
}
