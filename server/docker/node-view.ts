import type { LabNodeView } from '#contract/swarm-snapshot.ts';
import { list, numberOrNull, oneOf, record, textOrNull } from './raw-json.ts';

/** A lab node whose engine says nothing. */
export function silentNode(name: string): LabNodeView {
  return {
    name,
    answers: false,
    swarmState: 'inactive',
    controlAvailable: false,
    clusterId: null,
    swarmNodeId: null,
    error: null,
    managers: null,
    nodes: null,
    remoteManagers: 0,
    controlError: null,
    containers: [],
  };
}

const SWARM_STATES = ['inactive', 'pending', 'active', 'error', 'locked'] as const;

/** The `Swarm` part of `GET /info`: what the node itself believes. */
export function nodeView(name: string, info: unknown): LabNodeView {
  const swarm = record(record(info).Swarm);
  return {
    ...silentNode(name),
    answers: true,
    swarmState: oneOf(swarm.LocalNodeState, SWARM_STATES, 'inactive'),
    controlAvailable: swarm.ControlAvailable === true,
    clusterId: textOrNull(record(swarm.Cluster).ID),
    swarmNodeId: textOrNull(swarm.NodeID),
    error: textOrNull(swarm.Error),
    managers: numberOrNull(swarm.Managers),
    nodes: numberOrNull(swarm.Nodes),
    remoteManagers: list(swarm.RemoteManagers).length,
  };
}

/** What the header of a ping tells (`active/manager`), for a node that says no more at the moment. */
export function viewOfPing(name: string, swarmHeader: string): LabNodeView {
  const [state, role] = swarmHeader.split('/');
  return {
    ...silentNode(name),
    answers: true,
    swarmState: oneOf(state, SWARM_STATES, 'inactive'),
    controlAvailable: role === 'manager',
  };
}
