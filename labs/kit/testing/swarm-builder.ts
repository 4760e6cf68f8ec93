import type {
  LabSnapshot,
  ServiceSpec,
  SwarmNode,
  SwarmService,
  SwarmTask,
  SwarmView,
} from '#contract/swarm-snapshot.ts';

/** Swarms for unit tests, as `docker stack deploy` of one service leaves them; every part can be said otherwise. */

export function aSpec(parts: Partial<ServiceSpec> = {}): ServiceSpec {
  return {
    labels: { 'com.docker.stack.namespace': 'shop', 'com.docker.stack.image': 'api:v1' },
    mode: { type: 'replicated', replicas: 2 },
    image: 'api:v1',
    containerLabels: { 'com.docker.stack.namespace': 'shop' },
    env: [],
    healthcheck: null,
    limits: { nanoCpus: null, memoryBytes: null },
    stopGracePeriodNs: null,
    constraints: [],
    networkIds: ['network1'],
    ports: [],
    endpointMode: null,
    updateConfig: null,
    rollbackConfig: null,
    forceUpdate: 0,
    configNames: [],
    ...parts,
  };
}

export function aService(parts: Partial<SwarmService> = {}): SwarmService {
  return {
    id: 'service1',
    name: 'shop_api',
    version: 10,
    createdAtMs: 1_000,
    updatedAtMs: 1_000,
    spec: aSpec(),
    previousSpec: null,
    updateStatus: null,
    ...parts,
  };
}

export function aTask(id: string, parts: Partial<SwarmTask> = {}): SwarmTask {
  return {
    id,
    serviceId: 'service1',
    nodeId: 'node1',
    slot: 1,
    image: 'api:v1',
    env: [],
    healthcheck: null,
    desiredState: 'running',
    state: 'running',
    stateAtMs: 2_000,
    createdAtMs: 1_500,
    message: 'started',
    error: null,
    containerId: `container-of-${id}`,
    exitCode: null,
    hostPorts: [],
    ...parts,
  };
}

export function aNode(id: string, parts: Partial<SwarmNode> = {}): SwarmNode {
  return {
    id,
    hostname: id,
    labels: {},
    role: 'manager',
    availability: 'active',
    state: 'ready',
    leader: true,
    reachability: 'reachable',
    ...parts,
  };
}

export function aSwarm(parts: Partial<SwarmView> = {}): SwarmView {
  return {
    clusterId: 'cluster1',
    askedNode: 'node1',
    nodes: [aNode('node1')],
    services: [aService()],
    tasks: [aTask('task1'), aTask('task2', { slot: 2 })],
    networks: [
      {
        id: 'network1',
        name: 'shop-net',
        driver: 'overlay',
        scope: 'swarm',
        labels: { 'com.docker.stack.namespace': 'shop' },
      },
    ],
    ...parts,
  };
}

export function aSnapshot(swarm: SwarmView | null = aSwarm(), parts: Partial<LabSnapshot> = {}): LabSnapshot {
  return {
    takenAtMs: 5_000,
    labNodes: [
      {
        name: 'node1',
        answers: true,
        swarmState: swarm === null ? 'inactive' : 'active',
        controlAvailable: swarm !== null,
        clusterId: swarm?.clusterId ?? null,
        swarmNodeId: swarm === null ? null : 'node1',
        error: null,
        managers: 1,
        nodes: 1,
        remoteManagers: 1,
        controlError: null,
        containers: (swarm?.tasks ?? []).map((task) => ({
          id: `container-of-${task.id}`,
          taskId: task.id,
          state: 'running',
          health: 'none',
        })),
      },
    ],
    swarms: swarm === null ? [] : [swarm],
    ...parts,
  };
}
