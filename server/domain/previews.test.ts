import { beforeEach, expect, test, vi } from 'vitest';
import { labFixture, readyLab } from '../testing/lab-fixture.ts';
import type { LabSession } from './lab-session.ts';

let fixture: ReturnType<typeof labFixture>;
let session: LabSession;
beforeEach(async () => {
  fixture = labFixture();
  session = await readyLab(fixture, 'quorum');
});

function open(port: number, loginId = 'login', node = 0) {
  const ref = session.running.environment.nodes[node]!;
  return fixture.previews.open({ loginId, session, node: ref, port });
}

test('a label is long, fits into a host name, and opens what it was given for', () => {
  const { preview, isNew } = open(80);
  expect(isNew).toBe(true);
  expect(preview.label).toMatch(/^p-[a-z0-9]{26}$/);
  expect(fixture.previews.find(preview.label)?.target).toMatchObject({ port: 80, node: { name: 'node1' } });
  expect(fixture.previews.find(`p-${'a'.repeat(26)}`)).toBeNull();
});

test('the same target keeps its label; another port, node or login has its own', () => {
  const { label } = open(80).preview;
  expect(open(80)).toMatchObject({ isNew: false, preview: { label } });
  const others = [open(81), open(80, 'login', 1), open(80, 'another')].map(({ preview }) => preview.label);
  expect(new Set([label, ...others]).size).toBe(4);
});

test('the end of the login ends its previews and what they hold open', () => {
  const own = open(80).preview;
  const others = open(80, 'another').preview;
  const close = vi.fn();
  own.hold(close);
  fixture.loginConnections.end('login');
  expect(close).toHaveBeenCalledOnce();
  expect(fixture.previews.find(own.label)).toBeNull();
  expect(fixture.previews.find(others.label)).toBe(others);
});

test.each([
  ['a reset', async () => fixture.sessions.reset(session)],
  ['the close of the lab', () => fixture.sessions.close(session)],
])('%s ends them', async (_name, change) => {
  const { preview } = open(80);
  const close = vi.fn();
  preview.hold(close);
  await change();
  await session.settled();
  expect(close).toHaveBeenCalledOnce();
  expect(fixture.previews.find(preview.label)).toBeNull();
});

test('after an hour without use it is over, unless a connection is open', () => {
  const unused = open(80).preview;
  const busy = open(81).preview;
  const release = busy.hold(() => {});
  fixture.time.nowMs += 61 * 60_000;
  expect(fixture.previews.find(unused.label)).toBeNull();
  expect(fixture.previews.find(busy.label)).toBe(busy);
  release();
  fixture.time.nowMs += 61 * 60_000;
  expect(fixture.previews.find(busy.label)).toBeNull();
});

test('of one too many the longest unused gives way', () => {
  const all = Array.from({ length: 20 }, (_, index) => {
    fixture.time.nowMs += 1;
    return open(1000 + index).preview;
  });
  fixture.time.nowMs += 1;
  fixture.previews.find(all[0]!.label);
  open(9000);
  expect(fixture.previews.find(all[1]!.label)).toBeNull();
  expect(all.filter(({ label }) => fixture.previews.find(label) !== null)).toHaveLength(19);
});
