import type Docker from 'dockerode';
import type { LabNodeRef } from '../ports.ts';
import { holdHeartbeats, releaseHeartbeats } from './heartbeat-hold.ts';
import type { InnerEngines } from './inner-engine.ts';
import { freezeNode, thawNode } from './node-power.ts';
import { reconnectNode } from './reconnect-nodes.ts';

export interface Engines {
  readonly outer: Docker;
  readonly inner: InnerEngines;
}

const CLEAN_UP_DEADLINE_MS = 30_000;

/** All or none. */
export async function freezeNodes(
  engines: Engines,
  nodes: readonly LabNodeRef[],
  signal: AbortSignal,
): Promise<void> {
  try {
    await holdHeartbeats(engines.inner, nodes, signal);
    await eachNode(engines, nodes, signal, (node, container) => freezeNode(container, node.name));
  } catch (failure) {
    await thawNodes(engines, nodes, AbortSignal.timeout(CLEAN_UP_DEADLINE_MS)).catch(() => {});
    throw failure;
  }
}

export async function thawNodes(
  engines: Engines,
  nodes: readonly LabNodeRef[],
  signal: AbortSignal,
): Promise<void> {
  await eachNode(engines, nodes, signal, (node, container) => thawNode(container, node.name));
  await wakeSwarms(engines, nodes, signal);
}

/** The swarms of thawed nodes become as watchful again as they were. */
export async function wakeSwarms(
  engines: Engines,
  nodes: readonly LabNodeRef[],
  signal: AbortSignal,
): Promise<void> {
  const isReleased = await releaseHeartbeats(engines.inner, nodes, signal);
  if (!isReleased || nodes.length === 1) return;
  // A node that is off or frozen has no connection to break.
  await eachNode(engines, nodes, signal, (_node, container) =>
    reconnectNode(container, signal).catch(() => {}),
  );
}

/** All together: nodes of one swarm miss each other soon. All have ended when this does. */
export async function eachNode(
  { outer }: Engines,
  nodes: readonly LabNodeRef[],
  signal: AbortSignal,
  act: (node: LabNodeRef, container: Docker.Container) => Promise<void>,
): Promise<void> {
  signal.throwIfAborted();
  const ends = await Promise.allSettled(nodes.map((node) => act(node, outer.getContainer(node.containerId))));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
