import type { NodeStatus } from '#contract/api.ts';
import type { NodeCondition } from '#contract/node-condition.ts';

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
  | 'frozen'
  | 'unplugged'
  | 'turningOff'
  | 'turningOn'
  | 'switching';

export type NodeTone = 'leader' | 'member' | 'outside' | 'resting' | 'trouble' | 'off';

export interface NodeLook {
  readonly words: readonly NodeWord[];
  readonly tone: NodeTone;
}

export interface NodePower {
  readonly condition: NodeCondition;
  /** What the learner has just asked for; `null` when nothing is under way. */
  readonly turning: NodeCondition | null;
}

/** The state that matters most comes alone; a role says what the scheduler does with the node only where it differs. */
export function nodeLook(status: NodeStatus | null, power: NodePower): NodeLook | null {
  if (power.turning) return { words: [underWay(power)], tone: 'off' };
  if (power.condition !== 'on') return { words: [power.condition], tone: 'off' };
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

/** Only what takes its time is told apart. */
function underWay({ condition, turning }: NodePower): NodeWord {
  if (turning === 'off') return 'turningOff';
  return turning === 'on' && condition === 'off' ? 'turningOn' : 'switching';
}
