import type { CheckResult, StateCheck } from '#contract/check.ts';
import type { SwarmNode, SwarmView } from '#contract/swarm-snapshot.ts';
import { stateCheck } from '#kit/define-check.ts';
import { membersNamed } from '#kit/lab-nodes.ts';
import { withMainSwarm } from '#kit/main-swarm.ts';
import { failed, PASSED } from '#kit/results.ts';
import { SWARM_MESSAGES } from '#kit/swarm.ts';

const START_MEMBER_MESSAGES = ['start-node-alone', 'start-node-elsewhere', 'start-availability'] as const;
type StartMemberMessage = (typeof START_MEMBER_MESSAGES)[number];

interface MembersAtStart {
  readonly managers: readonly string[];
  readonly workers: readonly string[];
  /** Of both. The others are active. */
  readonly drained: readonly string[];
}

/** For `start.ts`: who is in the swarm where an exercise begins, in which role, taking tasks or not. */
export function membersAtStart(wanted: MembersAtStart): StateCheck {
  return stateCheck('members', {
    messages: [...SWARM_MESSAGES, ...START_MEMBER_MESSAGES],
    evaluate: (context) => withMainSwarm(context, (swarm) => members(swarm, wanted)),
  });
}

function members(swarm: SwarmView, wanted: MembersAtStart): CheckResult<StartMemberMessage> {
  const names = [...wanted.managers, ...wanted.workers];
  const stranger = swarm.nodes.find((node) => !names.includes(node.hostname));
  if (stranger !== undefined) return failed('start-node-elsewhere', { node: stranger.hostname });
  for (const name of names) {
    const [entry, ...more] = membersNamed(swarm, name);
    if (entry === undefined) return failed('start-node-alone', { node: name });
    const role = wanted.managers.includes(name) ? 'manager' : 'worker';
    if (more.length > 0 || !isThere(entry) || entry.role !== role) {
      return failed('start-node-elsewhere', { node: name }, { role: entry.role, state: entry.state });
    }
    const expected = wanted.drained.includes(name) ? 'drain' : 'active';
    if (entry.availability !== expected) {
      return failed('start-availability', { node: name, seen: entry.availability, expected });
    }
  }
  return PASSED;
}

function isThere(node: SwarmNode): boolean {
  return node.state === 'ready' && (node.role === 'worker' || node.reachability === 'reachable');
}
