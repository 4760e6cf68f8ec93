import * as z from 'zod/mini';
import { LabNodeName } from './ids.ts';

/**
 * The lab's swarms as the page draws them, trimmed from {@link import('./swarm-snapshot.ts').LabSnapshot}. What a
 * cluster or a node does not answer for any more stays as it was last known, and says since when.
 */

/** Of each swarm: tasks and services beyond these are counted, not listed. */
export const MAP_LIMITS = { tasks: 240, services: 40 } as const;
/** What has ended stays on the map for so long, so that it can be seen. */
export const MAP_ENDED_SHOWN_MS = 20_000;

export const MapTask = z.strictObject({
  id: z.string(),
  serviceId: z.string(),
  /** Id in the swarm; `null` while no node was found for it. */
  nodeId: z.nullable(z.string()),
  /** `null` for a global service. */
  slot: z.nullable(z.number()),
  /** As the task has it, without digest: `numbers-api:v3`. */
  image: z.string(),
  state: z.string(),
  desired: z.string(),
  health: z.enum(['none', 'starting', 'healthy', 'unhealthy', 'unknown']),
  error: z.nullable(z.string()),
  /** When it got into this state. */
  sinceMs: z.number(),
  createdAtMs: z.number(),
});
/**
 * Of each slot: everything that has not ended, what ended within {@link MAP_ENDED_SHOWN_MS}, and the newest failure
 * however old, because it says why there is a new task.
 */
export type MapTask = z.infer<typeof MapTask>;

export const MapService = z.strictObject({
  id: z.string(),
  name: z.string(),
  stack: z.nullable(z.string()),
  mode: z.enum(['replicated', 'global']),
  image: z.string(),
  /** Replicas, or for a global service one per node that is to have one. */
  desired: z.number(),
  running: z.number(),
  update: z.nullable(
    z.strictObject({
      state: z.enum([
        'updating',
        'paused',
        'completed',
        'rollback_started',
        'rollback_paused',
        'rollback_completed',
      ]),
      startedAtMs: z.nullable(z.number()),
      completedAtMs: z.nullable(z.number()),
      message: z.string(),
    }),
  ),
});
export type MapService = z.infer<typeof MapService>;

export const MapNode = z.strictObject({
  id: z.string(),
  hostname: z.string(),
  /** The lab node that it is; `null` for one that left and is still listed, or came from elsewhere. */
  labNode: z.nullable(LabNodeName),
  role: z.enum(['manager', 'worker']),
  leader: z.boolean(),
  availability: z.enum(['active', 'pause', 'drain']),
  state: z.enum(['unknown', 'down', 'ready', 'disconnected']),
  reachability: z.nullable(z.enum(['unknown', 'unreachable', 'reachable'])),
});
export type MapNode = z.infer<typeof MapNode>;

export const MapSwarm = z.strictObject({
  clusterId: z.string(),
  /** `null`: a manager answers for it now. Else since when nobody does (no quorum, no manager): all is as it was then. */
  staleSinceMs: z.nullable(z.number()),
  /** Why no manager answers, in the engine's own words. */
  staleReason: z.nullable(z.string()),
  nodes: z.array(MapNode),
  services: z.array(MapService),
  tasks: z.array(MapTask),
  /** How many tasks and services there are beyond {@link MAP_LIMITS}. */
  unlisted: z.strictObject({ tasks: z.number(), services: z.number() }),
});
export type MapSwarm = z.infer<typeof MapSwarm>;

export const MapLabNode = z.strictObject({
  name: LabNodeName,
  /** `null`: its engine answers. Else since when it is silent. */
  silentSinceMs: z.nullable(z.number()),
  swarmState: z.enum(['inactive', 'pending', 'active', 'error', 'locked']),
  clusterId: z.nullable(z.string()),
  /**
   * Containers of swarm tasks that its own engine runs, told only while its cluster can't tell: no manager answers, or
   * they have lost this node.
   */
  running: z.array(
    z.strictObject({ taskId: z.string(), health: z.enum(['none', 'starting', 'healthy', 'unhealthy']) }),
  ),
});
export type MapLabNode = z.infer<typeof MapLabNode>;

export const SwarmMap = z.strictObject({
  takenAtMs: z.number(),
  labNodes: z.array(MapLabNode),
  swarms: z.array(MapSwarm),
});
export type SwarmMap = z.infer<typeof SwarmMap>;
