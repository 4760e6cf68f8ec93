import { setTimeout as sleep } from 'node:timers/promises';
import type { LabNodeRef } from '../ports.ts';
import type { InnerEngines } from './inner-engine.ts';
import { numberOrNull, record, text } from './raw-json.ts';

/**
 * A swarm's leader counts a node as down, and gives its tasks away, when no heartbeat came for three periods; its
 * clock goes on while it is frozen. So the period is made longer than any pause before, and as it was after. The
 * learner's own value is kept inside the long one: nothing needs to be remembered, also not over a crash of ours.
 */
const HOLD_NS = 24 * 3_600 * 1e9;
const API = '/v1.44';
const CALL_DEADLINE_MS = 2_000;
/** After the default period of 5 s, and the tenth that is added at random, every node has the new one. */
const SPREAD_MS = 5_600;
const RELEASE_TRIES = 10;
const RETRY_MS = 500;

interface Cluster {
  readonly id: string;
  readonly version: number;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly periodNs: number;
  readonly manager: LabNodeRef;
}

/** Before nodes are frozen. Resolves when their swarms will bear it; a swarm that can't be asked is left as it is. */
export async function holdHeartbeats(
  engines: InnerEngines,
  nodes: readonly LabNodeRef[],
  signal: AbortSignal,
): Promise<void> {
  const clusters = await findClusters(engines, nodes, signal);
  const normal = clusters.filter(({ periodNs }) => periodNs < HOLD_NS);
  const held = await Promise.all(
    normal.map(async (cluster) =>
      (await setPeriod(engines, cluster, cluster.periodNs + HOLD_NS, signal)) ? cluster.periodNs : 0,
    ),
  );
  const longestMs = Math.max(0, ...held) / 1e6;
  if (longestMs > 0) await sleep(Math.max(SPREAD_MS, longestMs * 1.12), undefined, { signal });
}

/** @returns whether a period was put back: nodes then wait for the long one still, until they connect again */
export async function releaseHeartbeats(
  engines: InnerEngines,
  nodes: readonly LabNodeRef[],
  signal: AbortSignal,
): Promise<boolean> {
  let isReleased = false;
  for (let tries = 0; tries < RELEASE_TRIES; tries++) {
    const clusters = await findClusters(engines, nodes, signal);
    const held = clusters.filter(({ periodNs }) => periodNs >= HOLD_NS);
    const ends = await Promise.all(
      held.map((cluster) => setPeriod(engines, cluster, cluster.periodNs - HOLD_NS, signal)),
    );
    isReleased ||= ends.includes(true);
    if (clusters.length > 0 && ends.every((end) => end)) break;
    await sleep(RETRY_MS, undefined, { signal });
  }
  return isReleased;
}

/** Each cluster once, with a manager that answers for it. */
async function findClusters(
  engines: InnerEngines,
  nodes: readonly LabNodeRef[],
  signal: AbortSignal,
): Promise<Cluster[]> {
  const found = await Promise.all(
    nodes.map(async (manager): Promise<Cluster | null> => {
      const until = AbortSignal.any([signal, AbortSignal.timeout(CALL_DEADLINE_MS)]);
      const answer = await engines.get(manager.engineSocket, `${API}/swarm`, until).catch(() => null);
      const { ID, Version, Spec } = record(answer?.body);
      const version = numberOrNull(record(Version).Index);
      const periodNs = numberOrNull(record(record(Spec).Dispatcher).HeartbeatPeriod);
      if (answer?.status !== 200 || version === null || periodNs === null) return null;
      return { id: text(ID), version, spec: record(Spec), periodNs, manager };
    }),
  );
  return [...new Map(found.filter((one) => one !== null).map((one) => [one.id, one])).values()];
}

async function setPeriod(
  engines: InnerEngines,
  { manager, version, spec }: Cluster,
  periodNs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(CALL_DEADLINE_MS)]);
  const body = { ...spec, Dispatcher: { ...record(spec.Dispatcher), HeartbeatPeriod: periodNs } };
  const path = `${API}/swarm/update?version=${version}`;
  const answer = await engines.post(manager.engineSocket, path, body, until).catch(() => null);
  return answer?.status === 200;
}
