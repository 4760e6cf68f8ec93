import { expect, test } from 'vitest';
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
  createdAtMs: 0,
};

function board(powerSwitches = true, failure: Error | null = null) {
  const log: string[] = [];
  const act = (what: string) => async (_environment: LabEnvironment, name: string) => {
    log.push(`${what} ${name}`);
    if (failure !== null) throw failure;
  };
  const switchboard = new Switchboard({
    host: { cutPower: act('cut'), restorePower: act('restore') },
    environment,
    definition: { powerSwitches },
    onSwitch: ({ node: name, on }) => log.push(`hand ${name} ${on ? 'on' : 'off'}`),
    onProblem: (problem) => log.push(problem),
    signal: new AbortController().signal,
  });
  return { switchboard, log };
}

test('switches act in their order, and the history hears of them first', async () => {
  const { switchboard, log } = board();
  switchboard.throw({ node: 'node2', on: false });
  switchboard.throw({ node: 'node2', on: false });
  switchboard.throw({ node: 'node2', on: true });
  await switchboard.idle();
  expect(log).toEqual(['hand node2 off', 'cut node2', 'hand node2 on', 'restore node2']);
});

test('a node that is on already, unknown nodes and labs without switches change nothing', async () => {
  const { switchboard, log } = board();
  switchboard.throw({ node: 'node1', on: true });
  switchboard.throw({ node: 'node7', on: false });
  await switchboard.idle();
  expect(log).toEqual(['there is no node node7']);
  const without = board(false);
  without.switchboard.throw({ node: 'node1', on: false });
  await without.switchboard.idle();
  expect(without.log).toEqual(['this lab has no power switches (node1)']);
});

test('what the engine refuses is told, and later switches still act', async () => {
  const { switchboard, log } = board(true, new Error('no engine'));
  switchboard.throw({ node: 'node1', on: false });
  switchboard.throw({ node: 'node2', on: false });
  await switchboard.idle();
  expect(log).toContain('power off node1: Error: no engine');
  expect(log).toContain('cut node2');
});
