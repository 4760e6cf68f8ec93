import { describe, expect, test } from 'vitest';
import type { CheckContext } from '#contract/check.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import { grade, outcomesOf, readRecording } from '../../../../server/testing/recordings.ts';

const regained = readRecording('quorum', 'quorum-regained');
const judge = (context: CheckContext) => grade('14.5-quorum', context);

/** The story up to an entry, as it looked a second later. */
function upTo(isLast: (entry: HistoryEntry) => boolean, laterMs = 1_000): CheckContext {
  const history = regained.history.slice(0, regained.history.findIndex(isLast) + 1);
  return { ...regained, history, nowMs: (history.at(-1)?.atMs ?? 0) + laterMs };
}

const without = (isLeftOut: (entry: HistoryEntry) => boolean): CheckContext => ({
  ...regained,
  history: regained.history.filter((entry) => !isLeftOut(entry)),
});

const isCut = (node: string) => (entry: HistoryEntry) =>
  entry.type === 'power' && !entry.on && entry.labNode === node;
const isLoss = (entry: HistoryEntry): boolean => entry.type === 'control' && !entry.answers;
const isKill = (entry: HistoryEntry): boolean => entry.type === 'container' && entry.state === 'exited';

test('the solution meets every check that asks the swarm, with the moments that prove it', async () => {
  const outcomes = await outcomesOf('14.5-quorum', regained);
  const proven = ['one-off', 'quorum-lost', 'not-replaced', 'quorum-back'];
  for (const id of [...proven, 'replicas-repaired']) {
    expect(outcomes.find((outcome) => outcome.id === id)).toMatchObject({ verdict: 'passed' });
  }
  for (const id of proven) {
    expect(outcomes.find((outcome) => outcome.id === id)?.provenAtMs).toBeGreaterThan(regained.start.atMs);
  }
});

describe('step by step', () => {
  test.each<[string, CheckContext, Record<string, string>]>([
    ['untouched', { ...regained, history: [] }, { 'one-off': 'nothing-cut' }],
    ['the first cut', upTo(isCut('node3')), { 'one-off': 'wait-for-down' }],
    [
      'node3 is noticed',
      upTo((entry) => entry.type === 'node-changed' && entry.state === 'down'),
      { 'one-off': 'wait-for-replicas' },
    ],
    [
      'the second cut, stale answers',
      upTo(isCut('node2')),
      { 'quorum-lost': 'still-stale', 'not-replaced': 'needs-earlier' },
    ],
    ['the loss', upTo(isLoss), { 'not-replaced': 'nothing-killed' }],
    ['the kill', upTo(isKill), { 'not-replaced': 'killed-watching' }],
    ['ten seconds later', upTo(isKill, 12_000), { 'quorum-back': 'quorum-still-lost' }],
  ])('%s', async (_what, context, expected) => {
    const lost = {
      ...context,
      snapshot: { ...context.snapshot, swarms: _what === 'ten seconds later' ? [] : context.snapshot.swarms },
    };
    expect(await judge(lost)).toMatchObject(expected);
  });
});

test('two cuts before the swarm got over the first', async () => {
  const both = without((entry) => entry.type === 'node-changed' || (entry.type === 'power' && entry.on));
  expect(await judge(both)).toMatchObject({ 'one-off': 'second-too-soon' });
});

describe.each(['frozen', 'unplugged'] as const)('managers that are %s instead of cut', (condition) => {
  const history = regained.history.map((entry) =>
    entry.type === 'power' && !entry.on ? { ...entry, condition } : entry,
  );

  test('lose the quorum as well', async () => {
    const outcomes = await outcomesOf('14.5-quorum', { ...regained, history });
    for (const id of ['one-off', 'quorum-lost', 'not-replaced', 'quorum-back', 'replicas-repaired']) {
      expect(outcomes.find((outcome) => outcome.id === id)).toMatchObject({ verdict: 'passed' });
    }
  });

  test('do not count twice when their power is cut, too', async () => {
    const cut = history.find(isCut('node3'));
    const again = history.flatMap((entry) =>
      entry.type === 'node-changed' &&
      entry.node === 'node3' &&
      entry.state === 'down' &&
      cut?.type === 'power'
        ? [entry, { ...cut, atMs: entry.atMs, condition: 'off' as const }]
        : [entry],
    );
    expect(again.length).toBeGreaterThan(history.length);
    expect(await judge({ ...regained, history: again })).toMatchObject({ 'one-off': 'passed' });
  });
});

test('a manager that is unplugged loses its own quorum, and no other', async () => {
  const own = without((entry) => entry.type === 'power' && entry.labNode === 'node2');
  const history = own.history.flatMap((entry): HistoryEntry[] => {
    if (entry.type === 'power') return [{ ...entry, condition: entry.on ? 'on' : 'unplugged' }];
    return entry.type === 'control' ? [{ ...entry, labNode: 'node3' }] : [entry];
  });
  expect(await judge({ ...own, history })).toMatchObject({ 'quorum-lost': 'only-one-off' });
});

test('one cut alone loses no quorum', async () => {
  const single = without(
    (entry) => isCut('node2')(entry) || entry.type === 'control' || (entry.type === 'power' && entry.on),
  );
  expect(await judge(single)).toMatchObject({ 'quorum-lost': 'only-one-off' });
});

test('managers that leave instead of losing power', async () => {
  const [swarm] = regained.snapshot.swarms;
  const fewer = { ...swarm!, nodes: swarm!.nodes.slice(1) };
  const context = without((entry) => entry.type === 'control');
  const left = { ...context, snapshot: { ...context.snapshot, swarms: [fewer] } };
  expect(await judge(left)).toMatchObject({ 'quorum-lost': 'managers-left' });
});

test('a container that ended only before or after the loss proves nothing', async () => {
  expect(
    await judge(without((entry) => isKill(entry) && entry.type === 'container' && entry.labNode === 'node1')),
  ).toMatchObject({
    'not-replaced': 'nothing-killed',
  });
});

test('a quorum that returned before ten seconds had passed proves nothing', async () => {
  const killedAtMs = regained.history.find(isKill)?.atMs ?? 0;
  const history = regained.history.map((entry) =>
    entry.type === 'control' && entry.answers ? { ...entry, atMs: killedAtMs + 3_000 } : entry,
  );
  expect(await judge({ ...regained, history })).toMatchObject({ 'not-replaced': 'was-replaced' });
});

test('when nobody answers, the end can not be told', async () => {
  const labNodes = regained.snapshot.labNodes.map((node) => ({ ...node, answers: false }));
  const silent = { ...regained, snapshot: { ...regained.snapshot, labNodes, swarms: [] } };
  expect(await judge(silent)).toMatchObject({
    'quorum-back': 'nobody-answers',
    'one-off': expect.any(String),
  });
});
