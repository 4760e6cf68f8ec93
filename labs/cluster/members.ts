import type { CheckResult } from '#contract/check.ts';
import type { LabNodeView, LabSnapshot, SwarmNode, SwarmView } from '#contract/swarm-snapshot.ts';
import { managersOf, membersNamed, tasksStillOn } from '#kit/lab-nodes.ts';
import { errored, failed, PASSED, passed, pending } from '#kit/results.ts';

/** The entry that counts: the one that is there, else the first of those that are gone. */
export function nodeNamed(swarm: SwarmView, hostname: string): SwarmNode | null {
  const entries = membersNamed(swarm, hostname);
  return entries.find((node) => node.state === 'ready') ?? entries[0] ?? null;
}

/** A host name that stands in the list more than once. */
export function repeatedHostname(swarm: SwarmView): string | null {
  const names = swarm.nodes.map((node) => node.hostname);
  return names.find((name, index) => names.indexOf(name) !== index) ?? null;
}

/** Messages that {@link joined} may give. */
export const JOINED_MESSAGES = ['node-silent', 'node-alone', 'node-joining', 'node-elsewhere'] as const;
export type JoinedMessage = (typeof JOINED_MESSAGES)[number];

/** These lab nodes are members of this swarm, by what each of them says itself. */
export function joined(
  { labNodes }: LabSnapshot,
  swarm: SwarmView,
  names: readonly string[],
): CheckResult<JoinedMessage> {
  for (const node of labNodes.filter(({ name }) => names.includes(name))) {
    const problem = whyOutside(node, swarm);
    if (problem !== null) return problem;
  }
  return passed({ nodes: swarm.nodes.length });
}

function whyOutside(node: LabNodeView, swarm: SwarmView): CheckResult<JoinedMessage> | null {
  const values = { node: node.name };
  const seen = { node: node.name, swarm: node.swarmState };
  if (!node.answers || node.swarmState === 'error') return errored('node-silent', values, seen);
  if (node.swarmState === 'inactive') return failed('node-alone', values, seen);
  if (node.swarmState === 'pending') return pending('node-joining', values, seen);
  const isMember = swarm.nodes.some((member) => member.id === node.swarmNodeId);
  return isMember ? null : failed('node-elsewhere', values, seen);
}

/** Messages that {@link managersAre} may give. */
export const MANAGERS_MESSAGES = ['managers-too-many', 'manager-missing', 'manager-not-reachable'] as const;
export type ManagersMessage = (typeof MANAGERS_MESSAGES)[number];

/** Exactly these nodes vote, all of them are there, and one of them leads. */
export function managersAre(swarm: SwarmView, names: readonly string[]): CheckResult<ManagersMessage> {
  const managers = managersOf(swarm);
  const seen = { managers: managers.map((node) => node.hostname) };
  const absent = names.find((name) => !managers.some((node) => node.hostname === name));
  const extra = managers.find((node) => !names.includes(node.hostname));
  const repeated = managers.find((node, index) => managers.findIndex(sameName(node)) !== index);
  const surplus = extra ?? repeated;
  if (managers.length > names.length && surplus !== undefined) {
    return failed('managers-too-many', { n: managers.length, node: surplus.hostname }, seen);
  }
  if (absent !== undefined) return failed('manager-missing', { n: managers.length, node: absent }, seen);
  const away = managers.find((node) => node.reachability !== 'reachable');
  if (away !== undefined) return pending('manager-not-reachable', { node: away.hostname }, seen);
  const leader = managers.find((node) => node.leader);
  // Between two leaders for a moment: whoever is asked then has not heard yet who won.
  if (leader === undefined) return pending('manager-not-reachable', { node: names[0] ?? '' }, seen);
  return passed({ ...seen, leader: leader.hostname });
}

function sameName(node: SwarmNode): (other: SwarmNode) => boolean {
  return (other) => other.hostname === node.hostname;
}

/** Messages that {@link drained} may give. */
export const DRAINED_MESSAGES = [
  'node-missing',
  'node-paused',
  'node-not-drained',
  'node-gone',
  'drain-tasks-left',
] as const;
export type DrainedMessage = (typeof DRAINED_MESSAGES)[number];

/** The node is there, takes no tasks, and has none left. */
export function drained(swarm: SwarmView, name: string): CheckResult<DrainedMessage> {
  const node = nodeNamed(swarm, name);
  if (node === null) return failed('node-missing', { node: name }, { nodes: hostnames(swarm) });
  const { availability, state } = node;
  const seen = { node: name, availability, state };
  const values = { node: name, availability };
  if (state === 'down') return failed('node-gone', values, seen);
  if (availability === 'pause') return failed('node-paused', values, seen);
  if (availability !== 'drain') return failed('node-not-drained', values, seen);
  const n = tasksStillOn(swarm, node).length;
  return n === 0 ? passed(seen) : pending('drain-tasks-left', { ...values, n }, { ...seen, tasks: n });
}

/** Messages that {@link activeAndReady} may give. */
export const ACTIVE_MESSAGES = ['node-missing', 'node-gone', 'node-not-ready', 'node-not-active'] as const;
export type ActiveMessage = (typeof ACTIVE_MESSAGES)[number];

/** Every entry of the member list is there and takes tasks, except these; and these others are among them. */
export function activeAndReady(
  swarm: SwarmView,
  names: readonly string[],
  except: readonly string[] = [],
): CheckResult<ActiveMessage> {
  const absent = names.find((name) => nodeNamed(swarm, name) === null);
  if (absent !== undefined) return failed('node-missing', { node: absent }, { nodes: hostnames(swarm) });
  for (const { hostname, state, availability } of swarm.nodes) {
    if (except.includes(hostname)) continue;
    const seen = { node: hostname, state, availability };
    const values = { node: hostname };
    if (state === 'down') return failed('node-gone', values, seen);
    if (state !== 'ready') return pending('node-not-ready', values, seen);
    if (availability !== 'active') return failed('node-not-active', { ...values, availability }, seen);
  }
  return PASSED;
}

function hostnames(swarm: SwarmView): string[] {
  return swarm.nodes.map((node) => node.hostname);
}
