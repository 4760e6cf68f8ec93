import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LimitHit } from '#contract/api.ts';
import { LimitMarks } from './limit-marks.ts';

let folder: string;
let stop: AbortController;
let heard: (readonly LimitHit[])[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limits-'));
  stop = new AbortController();
  heard = [];
});
afterEach(async () => {
  stop.abort();
  await rm(folder, { recursive: true });
});

const quiet = { hits: 0, count: 0, active: false, sinceMs: 0, most: 640 };
const full = { ...quiet, active: true, sinceMs: 7 };

/** As the node's init does it. */
async function mark(node: string, text: string): Promise<void> {
  await writeFile(join(folder, node, 'limits.part'), text);
  await rename(join(folder, node, 'limits.part'), join(folder, node, 'limits'));
}

function watch(...names: string[]): void {
  const nodes = names.map((name) => ({
    environmentId: 'e',
    name,
    containerId: name,
    engineSocket: join(folder, name, 'engine.sock'),
    terminalFolder: join(folder, name, 'terminals'),
  }));
  new LimitMarks().watch(nodes, (limits) => heard.push(limits), stop.signal);
}

const json = (disk: object) => JSON.stringify({ memory: quiet, processes: quiet, disk });

test('what a node is at is told, and that it is over, each time the mark is replaced', async () => {
  await mkdir(join(folder, 'node1'));
  await mark('node1', json(quiet));
  watch('node1');
  for (let round = 1; round <= 3; round++) {
    await mark('node1', json({ ...full, sinceMs: round }));
    await vi.waitFor(() =>
      expect(heard.at(-1)).toEqual([{ node: 'node1', limit: 'disk', sinceMs: round, most: 640 }]),
    );
    await mark('node1', json(quiet));
    await vi.waitFor(() => expect(heard.at(-1)).toEqual([]));
  }
});

test('a mark that comes later is found, and nodes are told together', { timeout: 10_000 }, async () => {
  for (const node of ['node1', 'node2']) await mkdir(join(folder, node));
  watch('node1', 'node2');
  await mark('node1', json(full));
  await mark('node2', json(full));
  await vi.waitFor(() => expect(heard.at(-1)?.map(({ node }) => node)).toEqual(['node1', 'node2']), 8_000);
});

test('what is no mark is passed over', async () => {
  await mkdir(join(folder, 'node1'));
  await mark('node1', 'not JSON');
  watch('node1');
  await mark('node1', `${json(full)}x`);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(heard).toEqual([]);
});
