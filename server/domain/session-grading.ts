import type { ExerciseVerdict, NodeStatus, StartComparison, Waiting } from '#contract/api.ts';
import type { LabProbe } from '#contract/definitions.ts';
import type { LabSessionId, LearnerId } from '#contract/ids.ts';
import type { LocalizedText } from '#contract/language.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import type { LabPort } from '#contract/preview.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { SwarmMap } from '#contract/swarm-map.ts';
import type { LabNodeRef } from '../ports.ts';
import type { Attempt } from './stores.ts';

/** Observation and grading of one generation of one lab session. */
export interface SessionGrading extends AsyncDisposable {
  /** Makes this the graded exercise; its start is remembered, also across a restart of the server. */
  activate(exerciseId: string): Promise<void>;
  /** The newest verdict of the active exercise; `null` before the first look at the swarm. */
  verdict(): ExerciseVerdict | null;
  /** Looks at the swarm now. */
  check(): Promise<ExerciseVerdict>;
  /** An answer of the wrong form is a verdict with a message, too. @throws {LabError} EXERCISE_UNKNOWN for a check without question */
  answer(checkId: string, answer: string): Promise<ExerciseVerdict>;
  /** How the swarm differs from where this exercise begins, whichever is active. A silent swarm is `errored`. @throws {LabError} EXERCISE_UNKNOWN */
  compareStart(exerciseId: string): Promise<StartComparison>;
  /** Whether the swarm looks as this exercise begins, by a look of this moment; `false` when it could not be asked. */
  startReached(exerciseId: string): Promise<boolean>;
  /** Puts the learner's hand on a switch into the history. */
  recordPower(node: string, to: NodeCondition): void;
  /** The lab's nodes as the newest look shows them; empty before the first one. */
  nodes(): readonly NodeStatus[];
  /** Updates under way; empty when all is quiet. */
  waiting(): readonly Waiting[];
  /** The lab's swarms as drawn, by the newest look; `null` before the first one. */
  map(): SwarmMap | null;
  /** What the swarm publishes, as the newest look shows it. */
  ports(): readonly LabPort[];
  suspend(): void;
  resume(): void;
}

export interface GradedSession {
  readonly labSessionId: LabSessionId;
  readonly learnerId: LearnerId;
  readonly labId: string;
  readonly generation: number;
  readonly nodes: readonly LabNodeRef[];
  /** What visitors' requests ask; `null` where the lab has nothing for them. */
  readonly probe: LabProbe | null;
  /** Whether somebody is there to see what happens. */
  readonly isWatched: () => boolean;
  readonly onVerdict: (verdict: ExerciseVerdict) => void;
  /** A grading went on record. */
  readonly onAttempt: (attempt: Attempt) => void;
  /** An exercise was passed for the first time. */
  readonly onProgress: () => void;
  /** Called when they differ from those told before. */
  readonly onNodes: (nodes: readonly NodeStatus[]) => void;
  readonly onWaiting: (waiting: readonly Waiting[]) => void;
  readonly onMap: (map: SwarmMap) => void;
  /** What was added to the history; a burst of it at once. */
  readonly onHistory: (entries: readonly HistoryEntry[]) => void;
  readonly onPorts: (ports: readonly LabPort[]) => void;
  /** Something that a learner had better know; said once. */
  readonly onNotice: (notice: LocalizedText) => void;
}

export type StartGrading = (session: GradedSession) => SessionGrading;
