import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CheckContext } from '#contract/check.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import { containersEnded, containersStarted, nodesOutAt, powerSwitches, quorumLosses } from './quorum.ts';

/** Three managers; node2 and node3 cut, a container killed on node1 meanwhile, node2 switched on again. */
const { history } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'testing/fixtures/quorum-lost-and-found.jsonl'), 'utf8'),
) as CheckContext;

const [loss] = quorumLosses(history);

test('a loss of quorum has a beginning and an end', () => {
  expect(quorumLosses(history)).toHaveLength(1);
  expect(loss).toMatchObject({ labNode: 'node1', error: expect.stringContaining('does not have a leader') });
  expect((loss!.regainedAtMs ?? 0) - loss!.lostAtMs).toBeGreaterThan(15_000);
  const open = history.filter((entry) => entry.type !== 'control' || !entry.answers);
  expect(quorumLosses(open)).toMatchObject([{ regainedAtMs: null }]);
});

test('switches tell which nodes were off at a moment', () => {
  expect(powerSwitches(history).map(({ labNode, on }) => `${labNode} ${on ? 'on' : 'off'}`)).toEqual([
    'node2 off',
    'node3 off',
    'node2 on',
  ]);
  expect(nodesOutAt(history, loss!.lostAtMs)).toEqual(['node2', 'node3']);
  expect(nodesOutAt(history, loss!.regainedAtMs ?? 0)).toEqual(['node3']);
});

test('a frozen or unplugged node is out as well, until it is on again', () => {
  const thrown = (atMs: number, condition: NodeCondition): HistoryEntry => {
    return { atMs, seq: atMs, type: 'power', labNode: 'node2', on: condition === 'on', condition };
  };
  const changes = [thrown(1, 'frozen'), thrown(2, 'on'), thrown(3, 'unplugged'), thrown(4, 'off')];
  expect([1, 2, 3, 4].map((atMs) => nodesOutAt(changes, atMs).length)).toEqual([1, 0, 1, 1]);
});

test('a container that ended without quorum is not replaced before it is back', () => {
  const without = { fromMs: loss!.lostAtMs, toMs: loss!.regainedAtMs ?? 0 };
  const [ended, ...others] = containersEnded(history, 'node1', without);
  expect(ended).toMatchObject({ labNode: 'node1' });
  expect(others).toEqual([]);
  expect(containersStarted(history, 'node1', without)).toEqual([]);
  const after = { fromMs: loss!.regainedAtMs ?? 0, toMs: Number.POSITIVE_INFINITY };
  expect(containersStarted(history, 'node1', after).length).toBeGreaterThan(0);
});
