import { expect, test } from 'vitest';
import type { NodeImpairment } from '#contract/node-condition.ts';
import type { LabEnvironment } from '../../ports.ts';
import { Switchboard } from './switchboard.ts';

const node = (name: string) => ({
  environmentId: 'e',
  name,
  containerId: name,
  engineSocket: '',
  terminalFolder: null,
});
const environment: LabEnvironment = {
  id: 'one',
  lab: 'quorum',
  nodes: [node('node1'), node('node2')],
  state: 'running',
  stoppedNodes: [],
  frozenNodes: [],
  createdAtMs: 0,
};

function board({
  powerSwitches = true,
  failure = null as Error | null,
  forbids = undefined as NodeImpairment[] | undefined,
} = {}) {
  const log: string[] = [];
  const switchboard = new Switchboard({
    host: {
      async switchNode(_environment, name, to) {
        log.push(`${name} is ${to}`);
        if (failure !== null) throw failure;
      },
    },
    environment,
    definition: { powerSwitches },
    forbids,
    onSwitch: ({ node: name, to }) => log.push(`hand ${name} ${to}`),
    onProblem: (problem) => log.push(problem),
    signal: new AbortController().signal,
  });
  return { switchboard, log };
}

test('switches act in their order, and the history hears of them first', async () => {
  const { switchboard, log } = board();
  switchboard.throw({ node: 'node2', to: 'off' });
  switchboard.throw({ node: 'node2', to: 'off' });
  switchboard.throw({ node: 'node2', to: 'on' });
  await switchboard.idle();
  expect(log).toEqual(['hand node2 off', 'node2 is off', 'hand node2 on', 'node2 is on']);
});

test('a node that is on already, unknown nodes and labs without switches change nothing', async () => {
  const { switchboard, log } = board();
  switchboard.throw({ node: 'node1', to: 'on' });
  switchboard.throw({ node: 'node7', to: 'off' });
  await switchboard.idle();
  expect(log).toEqual(['there is no node node7']);
  const without = board({ powerSwitches: false });
  without.switchboard.throw({ node: 'node1', to: 'off' });
  await without.switchboard.idle();
  expect(without.log).toEqual(['this lab has no power switches (node1)']);
});

test('what the engine refuses is told, and later switches still act', async () => {
  const { switchboard, log } = board({ failure: new Error('no engine') });
  switchboard.throw({ node: 'node1', to: 'off' });
  switchboard.throw({ node: 'node2', to: 'off' });
  await switchboard.idle();
  expect(log).toContain('node1 to off: Error: no engine');
  expect(log).toContain('node2 is off');
});

test('switches that the exercise forbids, or that need a node which is on, do nothing', async () => {
  const { switchboard, log } = board({ forbids: ['unplugged'] });
  switchboard.throw({ node: 'node1', to: 'unplugged' });
  switchboard.throw({ node: 'node2', to: 'off' });
  switchboard.throw({ node: 'node2', to: 'frozen' });
  await switchboard.idle();
  expect(log).toEqual([
    'the exercise forbids this (node1: unplugged)',
    'hand node2 off',
    'node2 is off',
    "node2 is off, so it can't be frozen at once",
  ]);
});
