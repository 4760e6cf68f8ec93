import type Docker from 'dockerode';
import { engineFailure, statusOf } from './engine.ts';
import { LABEL } from './labels.ts';

export interface FoundEnvironment {
  readonly id: string;
  readonly lab: string;
  readonly state: 'running' | 'paused' | 'stopped' | 'broken';
  readonly stoppedNodes: readonly string[];
  readonly frozenNodes: readonly string[];
  readonly createdAtMs: number;
  readonly nodes: readonly { readonly name: string; readonly containerId: string }[];
}

/** Reads environments back from labels, also those of a crashed run. */
export async function findEnvironments(engine: Docker, owner: string): Promise<FoundEnvironment[]> {
  const filters = { label: [`${LABEL.owner}=${owner}`] };
  try {
    const [containers, networks] = await Promise.all([
      engine.listContainers({ all: true, filters }),
      engine.listNetworks({ filters: JSON.stringify(filters) }),
    ]);
    const ids = new Set([
      ...containers.map((container) => container.Labels[LABEL.environment]),
      // A network without containers is what a start that was killed half-way leaves behind.
      ...networks.map((network) => network.Labels?.[LABEL.environment]),
    ]);
    return [...ids].flatMap((id) => {
      if (id === undefined) return [];
      const own = containers.filter((container) => container.Labels[LABEL.environment] === id);
      const labels =
        own[0]?.Labels ??
        networks.find((network) => network.Labels?.[LABEL.environment] === id)?.Labels ??
        {};
      const nodes = own
        .map(({ Id, State, Labels }) => ({ name: Labels[LABEL.node] ?? '', containerId: Id, state: State }))
        .sort((a, b) => a.name.localeCompare(b.name));
      const expected = (labels[LABEL.nodes] ?? '').split(' ').filter((name) => name !== '');
      const isWhole = expected.every((name) => nodes.some((node) => node.name === name));
      return [
        {
          id,
          lab: labels[LABEL.lab] ?? '',
          state: isWhole ? stateOf(nodes.map(({ state }) => state)) : 'broken',
          stoppedNodes: nodes.filter(({ state }) => !RUNS.has(state)).map(({ name }) => name),
          frozenNodes: nodes.filter(({ state }) => state === 'paused').map(({ name }) => name),
          createdAtMs: Number(labels[LABEL.createdAtMs] ?? 0),
          nodes: nodes.map(({ name, containerId }) => ({ name, containerId })),
        },
      ];
    });
  } catch (failure) {
    throw engineFailure('listing lab environments', failure);
  }
}

const RUNS = new Set(['running', 'paused']);

function stateOf(states: readonly string[]): FoundEnvironment['state'] {
  if (states.length === 0 || states.includes('created') || states.includes('dead')) return 'broken';
  if (states.every((state) => state === 'running')) return 'running';
  if (states.includes('exited')) return 'stopped';
  return 'paused';
}

/** Environments of any owner whose time is over: what a killed run of the author's command leaves behind. */
export async function findExpired(engine: Docker, nowMs: number): Promise<string[]> {
  const networks = await engine.listNetworks({ filters: JSON.stringify({ label: [LABEL.expiresAtMs] }) });
  return networks.flatMap((network) => {
    const id = network.Labels?.[LABEL.environment];
    return id !== undefined && Number(network.Labels?.[LABEL.expiresAtMs]) < nowMs ? [id] : [];
  });
}

/**
 * Removes all that carries the environment's label; what is already gone is fine.
 * @param owner whose it has to be; left out: anybody's
 */
export async function removeEverything(
  engine: Docker,
  environmentId: string,
  signal: AbortSignal,
  owner?: string,
): Promise<void> {
  const label = [`${LABEL.environment}=${environmentId}`];
  if (owner !== undefined) label.push(`${LABEL.owner}=${owner}`);
  const filters = { label };
  try {
    const containers = await engine.listContainers({ all: true, filters });
    await Promise.all(
      containers.map((container) =>
        engine.getContainer(container.Id).remove({ force: true, v: true }).catch(unlessGone),
      ),
    );
    signal.throwIfAborted();
    const networks = await engine.listNetworks({ filters: JSON.stringify(filters) });
    await Promise.all(networks.map((network) => engine.getNetwork(network.Id).remove().catch(unlessGone)));
    const { Volumes: volumes } = await engine.listVolumes({ filters: JSON.stringify(filters) });
    await Promise.all(
      (volumes ?? []).map((volume) => engine.getVolume(volume.Name).remove().catch(unlessGone)),
    );
  } catch (failure) {
    throw engineFailure(`removing lab environment ${environmentId}`, failure);
  }
}

/** 404: gone. 409: another caller is removing it right now. */
function unlessGone(failure: unknown): void {
  const status = statusOf(failure);
  if (status !== 404 && status !== 409) throw failure;
}
