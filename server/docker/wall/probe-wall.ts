import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabDefinition } from '#contract/definitions.ts';
import type { WallPart, WallReport } from '#contract/wall.ts';
import type { LabHost } from '../../ports.ts';
import { randomId } from '../../random-id.ts';
import type { EngineFacts } from '../engine-facts.ts';
import type { InnerEngines } from '../inner-engine.ts';
import { judgeWall } from './judge-wall.ts';
import { type ReadyMark, readReadyMark } from './ready-mark.ts';

export interface WallProbe {
  readonly facts: EngineFacts;
  readonly disk: Pick<WallPart, 'state' | 'detail'>;
  readonly inner: InnerEngines;
  /** Of an owner of its own: nobody adopts its node. */
  readonly host: Pick<LabHost, 'create' | 'remove'>;
  readonly readMark: (environmentId: string, node: string) => Promise<string | null>;
}

/** For leftovers of a probe whose process was killed: anybody may remove them after this time. */
export const PROBE_LIFETIME_MS = 120_000;
const CLEAN_UP_DEADLINE_MS = 30_000;
const NODE = 'node1';

/** The least that a node boots with. */
const PROBE_LAB: LabDefinition = {
  format: 1,
  id: 'probe',
  title: { ko: '점검', en: 'Probe' },
  nodes: [{ name: NODE }],
  swarm: 'none',
  powerSwitches: false,
  files: 'files',
  limits: { memoryMiB: 320, cpus: 1, pids: 500, diskMiB: 512 },
  exercises: [],
};

/** Boots a node that nobody uses, asks what it sees of the wall, and removes it. */
export async function probeWall(probe: WallProbe, signal: AbortSignal): Promise<WallReport> {
  const { facts, disk } = probe;
  const seen = await look(probe, signal).catch((failure: unknown) => ({
    mark: null,
    storageDriver: null,
    trouble: `no node came up: ${failure instanceof Error ? failure.message : failure}`.slice(0, 500),
  }));
  return judgeWall({
    ...seen,
    disk,
    kernel: facts.kernelVersion,
    cgroupVersion: facts.cgroupVersion,
    outerEngineVersion: facts.version,
    probedAtMs: Date.now(),
  });
}

async function look(
  { inner, host, readMark }: WallProbe,
  signal: AbortSignal,
): Promise<{ mark: ReadyMark | null; storageDriver: string | null; trouble: string }> {
  const id = randomId(10);
  const filesFolder = await mkdtemp(join(tmpdir(), 'rollout-lab-probe-'));
  try {
    const { nodes } = await host.create({ id, definition: PROBE_LAB, filesFolder }, signal);
    const mark = readReadyMark(await readMark(id, NODE));
    const socket = nodes[0]?.engineSocket ?? '';
    const { body } = await inner.get(socket, '/info', signal).catch(() => ({ body: null }));
    const { Driver: driver } = (body ?? {}) as { Driver?: unknown };
    return {
      mark,
      storageDriver: typeof driver === 'string' ? driver.slice(0, 40) : null,
      trouble: 'the node does not tell what it sees',
    };
  } finally {
    await host.remove(id, AbortSignal.timeout(CLEAN_UP_DEADLINE_MS));
    await rm(filesFolder, { recursive: true, force: true });
  }
}
