import type { HostCapacity } from '../ports.ts';
import { labsThatFit } from './admission.ts';
import { ENGINE_DEADLINE_MS, type LabParts } from './lab-parts.ts';
import type { LabSessions } from './lab-sessions.ts';

/** Sizes of labs for which the room that is left is told, in nodes. */
const SIZES = [1, 3, 5] as const;

/** What the machine holds and what it could hold more. Numbers only: anybody may read them. */
export interface CapacityReport {
  readonly running: number;
  readonly paused: number;
  /** Being started, reset or woken; those that wait for room are not among them. */
  readonly changing: number;
  /** Waiting for room. */
  readonly waiting: number;
  readonly warm: number;
  /** What the operator allows; `null`: what memory and disk allow. */
  readonly maxLabs: number | null;
  /** How many more labs of so many nodes fit now, warm ones counted as taken. */
  readonly roomFor: Readonly<Record<(typeof SIZES)[number], number>>;
}

/** @throws {LabError} ENGINE_UNREACHABLE */
export async function capacityReport(
  { host, pool, maxLabs }: Pick<LabParts, 'host' | 'pool' | 'maxLabs'>,
  sessions: LabSessions,
  signal: AbortSignal = AbortSignal.timeout(ENGINE_DEADLINE_MS),
): Promise<CapacityReport & HostCapacity> {
  const capacity = await host.capacity(signal);
  const waiting = new Set(sessions.queue.waiting);
  const placed = sessions.all().filter((one) => !waiting.has(one));
  const inState = (state: string): number => placed.filter(({ status }) => status.state === state).length;
  const [running, paused, failed] = [inState('ready'), inState('paused'), inState('failed')];
  const changing = placed.length - running - paused - failed;
  const roomFor = Object.fromEntries(
    SIZES.map((nodes) => {
      const request = { nodes, runningLabs: running + paused + changing, maxLabs };
      return [nodes, labsThatFit(request, capacity)];
    }),
  ) as CapacityReport['roomFor'];
  return {
    running,
    paused,
    changing,
    waiting: waiting.size,
    warm: pool.size,
    maxLabs: maxLabs ?? null,
    roomFor,
    ...capacity,
  };
}
