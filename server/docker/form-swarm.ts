import Docker from 'dockerode';
import type { LabDefinition } from '#contract/definitions.ts';
import type { LabNodeRef } from '../ports.ts';

interface AddressedNode {
  readonly ref: LabNodeRef;
  readonly address: string;
}

/** Joins a lab's nodes as its definition says, before the learner arrives. */
export async function formSwarm(
  swarm: Exclude<LabDefinition['swarm'], 'none'>,
  nodes: readonly AddressedNode[],
): Promise<void> {
  const find = (name: string): AddressedNode => {
    const node = nodes.find((candidate) => candidate.ref.name === name);
    if (node === undefined)
      throw new Error(`lab.yaml puts ${name} into the swarm but does not list it under nodes`);
    return node;
  };
  const [first, ...others] = swarm.managers.map(find);
  if (first === undefined) throw new Error('a swarm needs a manager');
  const engine = inner(first.ref);
  await engine.swarmInit({ AdvertiseAddr: first.address, ListenAddr: `${first.address}:2377` });
  const { JoinTokens } = (await engine.swarmInspect()) as { JoinTokens: { Manager: string; Worker: string } };
  const join = (node: AddressedNode, token: string): Promise<unknown> =>
    inner(node.ref).swarmJoin({
      AdvertiseAddr: node.address,
      ListenAddr: `${node.address}:2377`,
      RemoteAddrs: [`${first.address}:2377`],
      JoinToken: token,
    });
  // Managers one after another: each join changes the quorum.
  for (const manager of others) await join(manager, JoinTokens.Manager);
  await Promise.all(swarm.workers.map((name) => join(find(name), JoinTokens.Worker)));
}

function inner(ref: LabNodeRef): Docker {
  return new Docker({ socketPath: ref.engineSocket });
}
