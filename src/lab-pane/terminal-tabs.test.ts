import { expect, test } from 'vitest';
import type { TerminalView } from '#contract/api.ts';
import { activeTab, neighbour, terminalTabs } from './terminal-tabs.ts';

const terminal = (id: string, node: string, number: number) => ({ id, node, number }) as TerminalView;
const keys = (nodes: string[], terminals: TerminalView[]) =>
  terminalTabs(nodes, terminals).map(({ key }) => key);

test('terminals are grouped by node and sorted by number', () => {
  const list = [terminal('t-b', 'node2', 1), terminal('t-c', 'node1', 2), terminal('t-a', 'node1', 1)];
  expect(keys(['node1', 'node2'], list)).toEqual(['t-a', 't-c', 't-b']);
});

test('a node without terminal keeps a place where several nodes are', () => {
  expect(keys(['node1', 'node2'], [terminal('t-a', 'node1', 1)])).toEqual(['t-a', 'node:node2']);
  expect(keys(['node1'], [])).toEqual([]);
});

test('the wanted tab is in front; one that is gone gives way to the first terminal', () => {
  const tabs = terminalTabs(['node1', 'node2'], [terminal('t-b', 'node2', 1)]);
  expect(activeTab(tabs, 'node:node1', null)?.key).toBe('node:node1');
  expect(activeTab(tabs, 't-x', null)?.key).toBe('t-b');
  expect(activeTab([], 't-x', null)).toBeNull();
});

test('a node that loses its terminal stays in front', () => {
  const tabs = terminalTabs(['node1', 'node2', 'node3'], [terminal('t-a', 'node1', 1)]);
  expect(activeTab(tabs, 't-gone', 'node2')?.key).toBe('node:node2');
});

test('closing a tab shows its right neighbour, or the left one at the end', () => {
  const tabs = terminalTabs(
    ['node1'],
    [1, 2, 3].map((n) => terminal(`t-${n}`, 'node1', n)),
  );
  expect(neighbour(tabs, ['node1'], 't-2')).toBe('t-3');
  expect(neighbour(tabs, ['node1'], 't-3')).toBe('t-2');
  expect(neighbour(tabs.slice(0, 1), ['node1'], 't-1')).toBeNull();
});

test('closing the last terminal of a node leaves its place, not another node', () => {
  const nodes = ['node1', 'node2'];
  const tabs = terminalTabs(nodes, [terminal('t-a', 'node1', 1), terminal('t-b', 'node2', 1)]);
  expect(neighbour(tabs, nodes, 't-a')).toBe('node:node1');
});
