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
/** Within the old period and the half second that is added at random, every node comes for the new one. */
const SPREAD_MS = 600;
/** How long a thawed swarm may take to answer again. One that had no leader before has no period to put back. */
const RELEASE_DEADLINE_MS = 5_000;
const RETRY_MS = 300;
/** Who sets a longer period has chosen that nodes may be silent. */
const LONGEST_WAIT_MS = 15_000;

interface Cluster {
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
  const { clusters } = await findClusters(engines, nodes, signal);
  const normal = clusters.filter(({ periodNs }) => periodNs < HOLD_NS);
  const held = await Promise.all(
    normal.map(async (cluster) =>
      (await setPeriod(engines, cluster, cluster.periodNs + HOLD_NS, signal)) ? cluster.periodNs : 0,
    ),
  );
  const longestMs = Math.max(0, ...held) / 1e6;
  if (longestMs > 0) await sleep(Math.min(longestMs, LONGEST_WAIT_MS) + SPREAD_MS, undefined, { signal });
}

/** @returns whether a period was put back: nodes then wait for the long one still, until they connect again */
export async function releaseHeartbeats(
  engines: InnerEngines,
  nodes: readonly LabNodeRef[],
  signal: AbortSignal,
): Promise<boolean> {
  let isReleased = false;
  for (const from = Date.now(); ; await sleep(RETRY_MS, undefined, { signal })) {
    const { clusters, isSure } = await findClusters(engines, nodes, signal);
    const held = clusters.filter(({ periodNs }) => periodNs >= HOLD_NS);
    const ends = await Promise.all(
      held.map((cluster) => setPeriod(engines, cluster, cluster.periodNs - HOLD_NS, signal)),
    );
    isReleased ||= ends.includes(true);
    if (isSure && ends.every((end) => end)) return isReleased;
    if (Date.now() - from > RELEASE_DEADLINE_MS) return isReleased;
  }
}

/** Each cluster once, with a manager that answers for it. Not sure: some manager has a cluster but can't tell of it. */
async function findClusters(
  engines: InnerEngines,
  nodes: readonly LabNodeRef[],
  signal: AbortSignal,
): Promise<{ clusters: Cluster[]; isSure: boolean }> {
  const clusters = new Map<string, Cluster>();
  let isSure = true;
  await Promise.all(
    nodes.map(async (manager) => {
      const until = AbortSignal.any([signal, AbortSignal.timeout(CALL_DEADLINE_MS)]);
      const answer = await engines.get(manager.engineSocket, `${API}/swarm`, until).catch(() => null);
      if (answer === null && !until.aborted) return; // it is off
      const { ID, Version, Spec, message } = record(answer?.body);
      const version = numberOrNull(record(Version).Index);
      const periodNs = numberOrNull(record(record(Spec).Dispatcher).HeartbeatPeriod);
      if (version !== null && periodNs !== null)
        clusters.set(text(ID), { version, spec: record(Spec), periodNs, manager });
      else if (!/not a swarm manager/i.test(text(message))) isSure = false;
    }),
  );
  return { clusters: [...clusters.values()], isSure };
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
