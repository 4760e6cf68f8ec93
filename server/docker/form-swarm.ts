import type { FormedSwarm, LabDefinition } from '#contract/definitions.ts';
import { LabError } from '../domain/lab-error.ts';
import type { InnerEngines } from './inner-engine.ts';
import { record, text } from './raw-json.ts';

export interface JoiningNode {
  readonly name: string;
  readonly address: string;
  readonly engineSocket: string;
  /** Settles when the node's engine takes requests: the first manager need not wait for the last node to boot. */
  readonly ready: Promise<void>;
}

const SWARM_PORT = 2377;
const API = '/v1.44';

/**
 * Joins a lab's nodes as its definition says, before the learner arrives. Each node joins as soon as it and the
 * first manager of its swarm are up; the raft log takes new managers one by one, in whatever order they come.
 * @throws {LabError} LAB_START_FAILED with the engine's words, or at the deadline
 */
export async function formSwarms(
  swarm: LabDefinition['swarm'],
  nodes: readonly JoiningNode[],
  engines: Pick<InnerEngines, 'get' | 'post'>,
  signal: AbortSignal,
): Promise<void> {
  const swarms = swarm === 'none' ? [] : Array.isArray(swarm) ? swarm : [swarm];
  const plans = swarms.map((one) => planOf(one, nodes));
  await allOf(plans.map((plan) => formSwarm(plan, engines, signal)));
}

interface SwarmPlan {
  readonly first: JoiningNode;
  readonly joining: readonly { readonly node: JoiningNode; readonly role: 'Manager' | 'Worker' }[];
}

function planOf(swarm: FormedSwarm, nodes: readonly JoiningNode[]): SwarmPlan {
  const find = (name: string): JoiningNode => {
    const node = nodes.find((candidate) => candidate.name === name);
    if (node === undefined)
      throw new Error(`lab.yaml puts ${name} into a swarm but does not list it under nodes`);
    return node;
  };
  const [first, ...managers] = swarm.managers.map(find);
  if (first === undefined) throw new Error('a swarm needs a manager');
  return {
    first,
    joining: [
      ...managers.map((node) => ({ node, role: 'Manager' as const })),
      ...swarm.workers.map((name) => ({ node: find(name), role: 'Worker' as const })),
    ],
  };
}

async function formSwarm(
  { first, joining }: SwarmPlan,
  engines: Pick<InnerEngines, 'get' | 'post'>,
  signal: AbortSignal,
): Promise<void> {
  const post = async (node: JoiningNode, path: string, body: object): Promise<void> => {
    const answer = await engines.post(node.engineSocket, `${API}${path}`, body, signal).catch((cause) => {
      throw new LabError('LAB_START_FAILED', `${node.name}: POST ${path}: ${reason(cause)}`, { cause });
    });
    if (answer.status === 200) return;
    const said = text(record(answer.body).message) || `HTTP ${answer.status}`;
    throw new LabError('LAB_START_FAILED', `${node.name}: POST ${path}: ${said.slice(0, 300)}`);
  };
  await first.ready;
  await post(first, '/swarm/init', addressesOf(first));
  const { body } = await engines.get(first.engineSocket, `${API}/swarm`, signal);
  const tokens = record(record(body).JoinTokens);
  await allOf(
    joining.map(async ({ node, role }) => {
      await node.ready;
      await post(node, '/swarm/join', {
        ...addressesOf(node),
        RemoteAddrs: [`${first.address}:${SWARM_PORT}`],
        JoinToken: text(tokens[role]),
      });
    }),
  );
}

function addressesOf(node: JoiningNode): { AdvertiseAddr: string; ListenAddr: string } {
  return { AdvertiseAddr: node.address, ListenAddr: `${node.address}:${SWARM_PORT}` };
}

/** All have ended when this does, so that nothing goes on joining behind a clean-up. */
async function allOf(tasks: readonly Promise<void>[]): Promise<void> {
  for (const end of await Promise.allSettled(tasks)) if (end.status === 'rejected') throw end.reason;
}

function reason(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
