import type { LabPort } from '#contract/preview.ts';
import type {
  LabNodeView,
  LabSnapshot,
  PublishedPort,
  SwarmService,
  SwarmTask,
  SwarmView,
} from '#contract/swarm-snapshot.ts';

/** More than anybody chooses from; an engine that makes things up fills no page. */
const MAX_PORTS = 100;
const MAX_NAME_CHARS = 63;
/** A task on its way to run, or running. The others are over or will never be. */
const STARTING = new Set(['new', 'pending', 'assigned', 'accepted', 'preparing', 'ready', 'starting']);

/**
 * The TCP ports that services publish, on the lab nodes where somebody may ask for them: host mode where tasks are,
 * ingress on every node of the cluster. A node is known by its id in the swarm, a silent one by its last answer.
 */
export function labPorts(
  snapshot: LabSnapshot,
  lastAnswers: readonly LabNodeView[],
  routesIngress: boolean,
): LabPort[] {
  const nodes = snapshot.labNodes.map((node) =>
    node.answers ? node : (lastAnswers.find(({ name }) => name === node.name) ?? node),
  );
  const found = new Map<string, LabPort>();
  for (const port of snapshot.swarms.flatMap((swarm) => portsOf(swarm, nodes, routesIngress))) {
    const key = `${port.node}:${port.port}`;
    // While tasks change, an old and a new one have the same port: what answers counts.
    if (found.get(key)?.state !== 'running') found.set(key, port);
  }
  const inOrder = [...found.values()].sort(
    (one, other) => one.node.localeCompare(other.node) || one.port - other.port,
  );
  return inOrder.slice(0, MAX_PORTS);
}

function portsOf(swarm: SwarmView, labNodes: readonly LabNodeView[], routesIngress: boolean): LabPort[] {
  const members = labNodes.filter(({ clusterId }) => clusterId === swarm.clusterId);
  return swarm.services.flatMap((service) => {
    const tasks = swarm.tasks.filter(
      ({ serviceId, desiredState }) => serviceId === service.id && desiredState === 'running',
    );
    return [...hostPorts(service, tasks, members), ...ingressPorts(service, tasks, members, routesIngress)];
  });
}

function hostPorts(
  service: SwarmService,
  tasks: readonly SwarmTask[],
  members: readonly LabNodeView[],
): LabPort[] {
  return tasks.flatMap((task) => {
    const node = members.find(({ swarmNodeId }) => swarmNodeId !== null && swarmNodeId === task.nodeId);
    const state = stateOf([task]);
    if (node === undefined || state === null) return [];
    // A task that runs says itself which ports it has; before, only what its service asks for is known.
    const ports = task.hostPorts.length > 0 ? task.hostPorts : service.spec.ports;
    return numbers(ports, 'host').map((port) => ({
      node: node.name,
      port,
      service: nameOf(service),
      mode: 'host' as const,
      state,
    }));
  });
}

function ingressPorts(
  service: SwarmService,
  tasks: readonly SwarmTask[],
  members: readonly LabNodeView[],
  routesIngress: boolean,
): LabPort[] {
  const state = routesIngress ? (stateOf(tasks) ?? 'starting') : 'unrouted';
  return numbers(service.spec.ports, 'ingress').flatMap((port) =>
    members.map(({ name }) => ({
      node: name,
      port,
      service: nameOf(service),
      mode: 'ingress' as const,
      state,
    })),
  );
}

function stateOf(tasks: readonly SwarmTask[]): 'running' | 'starting' | null {
  if (tasks.some(({ state }) => state === 'running')) return 'running';
  return tasks.some(({ state }) => STARTING.has(state)) ? 'starting' : null;
}

function numbers(ports: readonly PublishedPort[], mode: PublishedPort['publishMode']): number[] {
  return ports.flatMap(({ publishMode, protocol, publishedPort }) =>
    publishMode === mode && protocol === 'tcp' && isPort(publishedPort) ? [publishedPort] : [],
  );
}

function isPort(port: number | null): port is number {
  return port !== null && Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function nameOf({ name }: SwarmService): string {
  return name.slice(0, MAX_NAME_CHARS);
}
