/** What the domain needs from outside. Adapters implement these; fakes for unit tests live in `testing/`. */

import type { Duplex } from 'node:stream';
import type { LimitHit } from '#contract/api.ts';
import type { NodeUsage } from '#contract/class-live.ts';
import type { LabDefinition } from '#contract/definitions.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import type { LabSnapshot } from '#contract/swarm-snapshot.ts';
import type { WallReport } from '#contract/wall.ts';

export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
}

/** One node of one learner's lab: enough to reach it, wherever it runs. */
export interface LabNodeRef {
  readonly environmentId: string;
  readonly name: string;
  readonly containerId: string;
  /** Unix socket on this machine behind which the node's inner Docker engine answers. */
  readonly engineSocket: string;
  /** Folder on this machine with the terminals' sockets; `null` where no folder can be shared with the engine. */
  readonly terminalFolder: string | null;
}

/** The running copy of a lab, as the host sees it. */
export interface LabEnvironment {
  /** Names the copy in labels, networks, volumes and folders. */
  readonly id: string;
  readonly lab: string;
  readonly nodes: readonly LabNodeRef[];
  /** `stopped`: at least one node is. `broken`: a node is missing or was never started; only `remove` helps. */
  readonly state: 'running' | 'paused' | 'stopped' | 'broken';
  /** Names of the nodes that do not run. */
  readonly stoppedNodes: readonly string[];
  /** Names of the nodes whose processes stand still. */
  readonly frozenNodes: readonly string[];
  readonly createdAtMs: number;
}

export interface HostCapacity {
  readonly memoryTotalBytes: number;
  readonly memoryAvailableBytes: number;
  readonly diskFreeBytes: number;
}

/**
 * Makes, finds, freezes and removes lab environments. Labels on the engine are the truth: what `list` returns
 * is all there is, also after a crash. Nothing above this port may assume that a lab runs on this machine.
 */
export interface LabHost {
  /** All nodes or none: a start that fails half-way removes what it made. @throws LabError LAB_START_FAILED, ENGINE_UNREACHABLE */
  create(request: CreateLab, signal: AbortSignal): Promise<LabEnvironment>;
  /** Only environments of this owner; those of others are left alone. */
  list(signal: AbortSignal): Promise<LabEnvironment[]>;
  /** Starts the stopped nodes of an environment again, but for those in `except`; swarm state is kept. */
  restart(environment: LabEnvironment, except: readonly string[], signal: AbortSignal): Promise<void>;
  /**
   * Brings one node into this condition; nobody in it is told. `off` kills it as a cut cable would, `on` boots, thaws
   * and plugs in, and resolves when the node's engine answers. Only `off` and `on` work from any condition. Idempotent.
   * @throws LabError UNPLUG_IMPOSSIBLE
   */
  switchNode(
    environment: LabEnvironment,
    node: string,
    to: NodeCondition,
    signal: AbortSignal,
  ): Promise<void>;
  /** Freezes all nodes; swarms are told to bear it. `except` names those that stand still for the learner. */
  pause(environment: LabEnvironment, except: readonly string[], signal: AbortSignal): Promise<void>;
  /** Thaws all nodes but those in `except`. */
  resume(environment: LabEnvironment, except: readonly string[], signal: AbortSignal): Promise<void>;
  /** Idempotent; removes containers, network, volumes and folders, also half-made ones. */
  remove(environmentId: string, signal: AbortSignal): Promise<void>;
  /** Environments of any owner that outlived their time: leftovers of killed short-lived runs. @returns how many */
  removeExpired(signal: AbortSignal): Promise<number>;
  capacity(signal: AbortSignal): Promise<HostCapacity>;
  /** What each node uses now; those that don't run are left out. Takes a second or two. */
  usage(environment: LabEnvironment, signal: AbortSignal): Promise<NodeUsage[]>;
  /** What the wall around labs is made of here, measured anew on a node that is removed again. */
  wall(signal: AbortSignal): Promise<WallReport>;
}

export interface CreateLab {
  readonly id: string;
  readonly definition: LabDefinition;
  /** Absolute path of the files for the learner's home. */
  readonly filesFolder: string;
  readonly onStep?: (step: 'creating' | 'booting' | 'swarm') => void;
}

/** Looks at a lab's swarms without touching them. */
export interface LabObserver {
  /**
   * Never throws for a silent or leaderless node: the snapshot says so. Bounded by the signal.
   * @param isolated names of nodes that are unplugged: what they think of their cluster counts only where no other can tell
   */
  snapshot(
    nodes: readonly LabNodeRef[],
    signal: AbortSignal,
    isolated?: ReadonlySet<string>,
  ): Promise<LabSnapshot>;
  /** Calls back on every engine event until aborted; reconnects by itself. */
  watch(nodes: readonly LabNodeRef[], onEvent: (event: EngineEvent) => void, signal: AbortSignal): void;
}

/** Reaches what listens in a lab. */
export interface LabDialer {
  /**
   * Connects to a TCP port of the node: of its address, else of its loopback. The signal bounds the connecting only;
   * what comes back is the caller's to destroy, and bounded by the lab's own idle time.
   * @throws LabError PORT_CLOSED where nothing listens, LAB_NODE_UNREACHABLE when the node does not answer in time
   */
  dial(node: LabNodeRef, port: number, signal: AbortSignal): Promise<Duplex>;
}

/** The learner's application, asked as a visitor would ask it. */
export interface Application {
  /** Never throws; bounded by the signal, and in what it reads. */
  ask(
    node: LabNodeRef,
    where: { readonly port: number; readonly path: string },
    signal: AbortSignal,
  ): Promise<Reply>;
}

/** `refused`: nothing listens there. `away`: the node can't be reached. `silent`: no answer, or a broken one. */
export type Reply =
  | { readonly kind: 'answered'; readonly status: number; readonly version: string | null }
  | { readonly kind: 'refused' | 'away' | 'silent' };

/** Hears when nodes are at their limits. */
export interface LimitWatch {
  /** Calls back after each change with what all these nodes are at, until aborted. Never throws. */
  watch(
    nodes: readonly LabNodeRef[],
    onChange: (limits: readonly LimitHit[]) => void,
    signal: AbortSignal,
  ): void;
}

/** A Docker event of a node's inner engine, trimmed. */
export interface EngineEvent {
  readonly node: string;
  readonly atMs: number;
  readonly type: 'service' | 'node' | 'container' | 'network' | 'connected';
  readonly action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The learner's shell on a lab node. */
export interface LabShell {
  /** Starts a detached shell; does nothing when it runs already. @throws LabError TERMINAL_START_FAILED */
  start(
    node: LabNodeRef,
    terminalId: string,
    size: { cols: number; rows: number },
    signal: AbortSignal,
  ): Promise<void>;
  /** Program that joins a terminal's pty to the started shell. */
  attachCommand(
    node: LabNodeRef,
    terminalId: string,
  ): { readonly file: string; readonly args: readonly string[] };
  /** Ends the shell and all it started. Idempotent. */
  stop(node: LabNodeRef, terminalId: string, signal: AbortSignal): Promise<void>;
  list(node: LabNodeRef, signal: AbortSignal): Promise<string[]>;
  /** Runs a script in a login shell of the learner with a tty, as if it were typed. */
  run(
    node: LabNodeRef,
    script: RunScript,
    signal: AbortSignal,
  ): Promise<{ exitCode: number; output: string }>;
}

export interface RunScript {
  readonly script: string;
  /** Later output is dropped. */
  readonly maxOutputBytes: number;
  readonly onOutput?: (chunk: Buffer) => void;
}
