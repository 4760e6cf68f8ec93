import type { CheckResult, StateCheck } from '#contract/check.ts';
import type { FormedSwarm, LabDefinition } from '#contract/definitions.ts';
import type { LabNodeView, LabSnapshot } from '#contract/swarm-snapshot.ts';

/** Messages of the kit that a fresh lab's differences are told with. */
const MEMBERSHIP_MESSAGES = [
  'no-answer',
  'start-node-silent',
  'start-node-in-swarm',
  'start-node-alone',
  'start-node-elsewhere',
] as const;
type MembershipMessage = (typeof MEMBERSHIP_MESSAGES)[number];

/** How a lab looks that nobody has touched: swarms as the definition forms them, and no services. */
export function freshStart(definition: Pick<LabDefinition, 'nodes' | 'swarm'>): readonly StateCheck[] {
  const membership: StateCheck<MembershipMessage> = {
    kind: 'state',
    id: 'fresh-swarms',
    messages: MEMBERSHIP_MESSAGES,
    evaluate: ({ snapshot }) => swarmsAsFormed(definition, snapshot),
  };
  const services: StateCheck<'start-services'> = {
    kind: 'state',
    id: 'no-services',
    messages: ['start-services'],
    evaluate: ({ snapshot }) => {
      const names = snapshot.swarms.flatMap((swarm) => swarm.services.map((service) => service.name));
      if (names.length === 0) return { verdict: 'passed' };
      return { verdict: 'failed', message: 'start-services', values: { services: names.join(', ') } };
    },
  };
  return [membership, services];
}

function swarmsAsFormed(
  { nodes, swarm }: Pick<LabDefinition, 'nodes' | 'swarm'>,
  snapshot: LabSnapshot,
): CheckResult<MembershipMessage> {
  if (snapshot.labNodes.every((node) => !node.answers)) return { verdict: 'errored', message: 'no-answer' };
  const formed = swarm === 'none' ? [] : Array.isArray(swarm) ? swarm : [swarm];
  for (const { name } of nodes) {
    const node = snapshot.labNodes.find((candidate) => candidate.name === name);
    if (!node?.answers) return differs('start-node-silent', name);
    const home = formed.find((candidate) => membersOf(candidate).includes(name));
    if (home === undefined && node.swarmState !== 'inactive') return differs('start-node-in-swarm', name);
    if (home !== undefined && node.swarmState === 'inactive') return differs('start-node-alone', name);
    if (home !== undefined && !isAtHome(node, home, snapshot)) return differs('start-node-elsewhere', name);
  }
  return { verdict: 'passed' };
}

function membersOf({ managers, workers }: FormedSwarm): readonly string[] {
  return [...managers, ...workers];
}

/** Listed by the cluster of its swarm's first manager, in the role of the definition. */
function isAtHome(node: LabNodeView, home: FormedSwarm, { labNodes, swarms }: LabSnapshot): boolean {
  const first = labNodes.find((candidate) => candidate.name === home.managers[0]);
  const cluster = swarms.find((swarm) => swarm.clusterId === first?.clusterId);
  const member = cluster?.nodes.find((candidate) => candidate.id === node.swarmNodeId);
  const role = home.managers.includes(node.name) ? 'manager' : 'worker';
  return member?.role === role && cluster?.nodes.length === membersOf(home).length;
}

function differs(message: MembershipMessage, node: string): CheckResult<MembershipMessage> {
  return { verdict: 'failed', message, values: { node } };
}
