import type { QueuePlace, Shortage } from '#contract/api.ts';
import type { LocalizedText } from '#contract/language.ts';
import type { LabEnvironment } from '../ports.ts';
import type { LabSession } from './lab-session.ts';

/** So often a smaller lab may go before a larger one for which there is no room yet; then room is kept for it. */
const PASSES = 3;

export interface QueueRequest {
  readonly session: LabSession;
  /** Removal of the environment before. Whoever had one keeps its place and waits for nobody else's. */
  readonly leaving: Promise<void> | null;
  /** Called when it turns out that the lab has to wait, and whenever its place changes. */
  readonly onPlace: (place: QueuePlace) => void;
}

/** A lab's turn has come. */
export interface Turn {
  /** A booted lab to take over; `null`: there is room to create one. */
  readonly warm: LabEnvironment | null;
  /** What the learner should know about labs that gave way. */
  readonly notices: readonly LocalizedText[];
  /** To be called when the environment is created, or never will be. */
  readonly started: (succeeded: boolean) => void;
}

export interface QueueEntry extends QueueRequest {
  readonly ownPlace: boolean;
  isLeavingGone: boolean;
  /** How many that came later have been served before it. */
  passedBy: number;
  /** `null` until it was looked at. */
  lacks: Shortage | null;
  told: QueuePlace | null;
  readonly grant: (turn: Turn) => void;
  readonly refuse: (reason: Error) => void;
}

export interface Served {
  readonly isWarm: boolean;
  readonly notices: readonly LocalizedText[];
}

/** Whether a later lab may go before one for which there is no room. */
export function mayPass(entry: QueueEntry, blocked: QueueEntry): boolean {
  const nodesOf = ({ session }: QueueEntry): number => session.definition.nodes.length;
  return entry.ownPlace || (blocked.passedBy < PASSES && nodesOf(entry) < nodesOf(blocked));
}

/** A second more or less of an estimate is none. */
export function isNews(told: QueuePlace, now: QueuePlace): boolean {
  const [before, after] = [told.expectedWaitMs, now.expectedWaitMs];
  if (before === null || after === null) {
    if (before !== after) return true;
  } else if (Math.abs(before - after) > Math.max(10_000, before / 5)) return true;
  return (
    told.position !== now.position ||
    told.waiting !== now.waiting ||
    told.lacks !== now.lacks ||
    told.open !== now.open
  );
}
