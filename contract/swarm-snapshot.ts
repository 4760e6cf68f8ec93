/**
 * What the learner's swarm looks like at one moment, in Docker's own words with Docker's own meaning
 * (API 1.45, `docs.docker.com/reference/api/engine`), trimmed to what checks, map and timeline need.
 * Absent optional settings stay `null`: defaults are never filled in, because "not set" is itself a finding.
 */
export interface LabSnapshot {
  readonly takenAtMs: number;
  /** Every lab node's own view, in the lab's order. */
  readonly labNodes: readonly LabNodeView[];
  /** One entry per cluster that a manager answered for; two for the two-cluster exercise, none without swarm. */
  readonly swarms: readonly SwarmView[];
}

export interface LabNodeView {
  readonly name: string;
  /** False: the engine did not answer in time; the fields below are then empty. */
  readonly answers: boolean;
  readonly swarmState: 'inactive' | 'pending' | 'active' | 'error' | 'locked';
  /** The node's own claim; stays true for a manager without quorum. */
  readonly controlAvailable: boolean;
  readonly clusterId: string | null;
  readonly swarmNodeId: string | null;
  readonly error: string | null;
  readonly managers: number | null;
  readonly nodes: number | null;
  readonly remoteManagers: number;
  /** Why this manager could not be asked for the cluster's state ("The swarm does not have a leader…"). */
  readonly controlError: string | null;
  readonly containers: readonly ContainerView[];
}

/** A swarm task's container on this node. */
export interface ContainerView {
  readonly id: string;
  readonly taskId: string;
  readonly state: string;
  readonly health: 'none' | 'starting' | 'healthy' | 'unhealthy';
}

export interface SwarmView {
  readonly clusterId: string;
  /** Name of the lab node whose manager answered. */
  readonly askedNode: string;
  readonly nodes: readonly SwarmNode[];
  readonly services: readonly SwarmService[];
  readonly tasks: readonly SwarmTask[];
  readonly networks: readonly SwarmNetwork[];
}

export interface SwarmNode {
  readonly id: string;
  readonly hostname: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly role: 'manager' | 'worker';
  readonly availability: 'active' | 'pause' | 'drain';
  readonly state: 'unknown' | 'down' | 'ready' | 'disconnected';
  readonly leader: boolean;
  readonly reachability: 'unknown' | 'unreachable' | 'reachable' | null;
}

export interface SwarmNetwork {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly scope: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface SwarmService {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly spec: ServiceSpec;
  readonly previousSpec: ServiceSpec | null;
  readonly updateStatus: UpdateStatus | null;
}

export interface ServiceSpec {
  readonly labels: Readonly<Record<string, string>>;
  readonly mode: { readonly type: 'replicated'; readonly replicas: number } | { readonly type: 'global' };
  /** As stored: may carry `@sha256:…`, may lack a tag. Compare with `imageRef()` of the check kit. */
  readonly image: string;
  readonly containerLabels: Readonly<Record<string, string>>;
  readonly env: readonly string[];
  readonly healthcheck: Healthcheck | null;
  readonly limits: { readonly nanoCpus: number | null; readonly memoryBytes: number | null };
  readonly stopGracePeriodNs: number | null;
  readonly constraints: readonly string[];
  readonly networkIds: readonly string[];
  readonly ports: readonly PublishedPort[];
  readonly endpointMode: 'vip' | 'dnsrr' | null;
  readonly updateConfig: UpdateConfig | null;
  readonly rollbackConfig: UpdateConfig | null;
  readonly forceUpdate: number;
  readonly configNames: readonly string[];
}

/** Durations in nanoseconds, as Docker stores them. */
export interface Healthcheck {
  readonly test: readonly string[];
  readonly intervalNs: number | null;
  readonly timeoutNs: number | null;
  readonly startPeriodNs: number | null;
  readonly startIntervalNs: number | null;
  readonly retries: number | null;
}

export interface PublishedPort {
  readonly publishedPort: number | null;
  readonly targetPort: number;
  readonly protocol: string;
  readonly publishMode: 'ingress' | 'host';
}

export interface UpdateConfig {
  readonly parallelism: number;
  readonly delayNs: number | null;
  /** `null` when not set: Docker then uses five seconds. A Compose `monitor: 0s` also ends here. */
  readonly monitorNs: number | null;
  readonly failureAction: string | null;
  readonly maxFailureRatio: number;
  readonly order: string | null;
}

export interface UpdateStatus {
  readonly state:
    | 'updating'
    | 'paused'
    | 'completed'
    | 'rollback_started'
    | 'rollback_paused'
    | 'rollback_completed';
  readonly startedAtMs: number | null;
  readonly completedAtMs: number | null;
  readonly message: string;
}

export interface SwarmTask {
  readonly id: string;
  readonly serviceId: string;
  readonly nodeId: string | null;
  /** `null` for tasks of a global service. Not always 1…n: never use it to count. */
  readonly slot: number | null;
  readonly image: string;
  readonly env: readonly string[];
  readonly healthcheck: Healthcheck | null;
  readonly desiredState: string;
  readonly state: string;
  readonly stateAtMs: number;
  readonly createdAtMs: number;
  readonly message: string;
  readonly error: string | null;
  readonly containerId: string | null;
  readonly exitCode: number | null;
  readonly hostPorts: readonly PublishedPort[];
}
