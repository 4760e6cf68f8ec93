import type { NodeStatus } from '#contract/api.ts';

/** What can be said of a node under its name. Not docker's literals: `silent` is nobody's word but ours. */
export type NodeWord =
  | 'leader'
  | 'manager'
  | 'worker'
  | 'none'
  | 'silent'
  | 'drained'
  | 'paused'
  | 'down'
  | 'unreachable'
  | 'off'
  | 'turningOff'
  | 'turningOn';

export type NodeTone = 'leader' | 'member' | 'outside' | 'resting' | 'trouble' | 'off';

export interface NodeLook {
  readonly words: readonly NodeWord[];
  readonly tone: NodeTone;
}

export interface NodePower {
  readonly isOff: boolean;
  /** What the learner has just asked for; `null` when nothing is under way. */
  readonly turning: 'on' | 'off' | null;
}

/** The state that matters most comes alone; a role says what the scheduler does with the node only where it differs. */
export function nodeLook(status: NodeStatus | null, power: NodePower): NodeLook | null {
  if (power.turning) return { words: [power.turning === 'on' ? 'turningOn' : 'turningOff'], tone: 'off' };
  if (power.isOff) return { words: ['off'], tone: 'off' };
  if (status === null) return null;
  if (status.role === 'none') return { words: ['none'], tone: 'outside' };
  if (status.role === 'unknown') return { words: ['silent'], tone: 'trouble' };
  if (status.state === 'down') return { words: [status.role, 'down'], tone: 'trouble' };
  if (status.state === 'disconnected' || status.state === 'unknown') {
    return { words: [status.role, 'unreachable'], tone: 'trouble' };
  }
  const resting = { drain: 'drained', pause: 'paused', active: null }[status.availability ?? 'active'];
  if (resting === 'drained' || resting === 'paused') {
    return { words: [status.role, resting], tone: 'resting' };
  }
  return { words: [status.role], tone: status.role === 'leader' ? 'leader' : 'member' };
}
