import type { Waiting } from '#contract/api.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import { type Picture, pictureOf } from './picture.ts';
import { type Choice, RECENT_MS } from './rollout-choice.ts';

/** One choice as it is drawn now. */
export interface Frame {
  readonly picture: Picture;
  readonly zeroMs: number;
  /** When what is drawn ends for now. */
  readonly nowMs: number;
  readonly isUnderWay: boolean;
  readonly monitorEndsAtMs: number | null;
}

export interface FrameOptions {
  readonly choice: Choice;
  readonly serviceId: string;
  readonly entries: readonly HistoryEntry[];
  readonly nowMs: number;
  readonly wait: Waiting | null;
  /** When the page heard of the wait. */
  readonly heardAtMs: number;
  /** At least so long from the start, so that two rollouts have one scale. */
  readonly leastMs?: number;
}

/** Before a rollout, for the eye to see what it changes; behind it, for the last old task to go. */
const LEAD_MS = 1_500;
const SHORTEST_MS = 8_000;
/** Share of the whole that the state at the end gets, which has to be read. */
const END_SHARE = 0.26;

export function frameOf(options: FrameOptions): Frame {
  const { choice, entries, serviceId, nowMs } = options;
  if (choice.kind === 'recent') {
    const span = { fromMs: nowMs - RECENT_MS, toMs: nowMs };
    const picture = pictureOf(entries, serviceId, span);
    return { picture, zeroMs: nowMs, nowMs, isUnderWay: true, monitorEndsAtMs: null };
  }
  const { startedAtMs, endedAtMs } = choice.rollout;
  const { wait, heardAtMs } = options;
  const isUnderWay = endedAtMs === null;
  const isMonitoring = isUnderWay && wait?.reason === 'monitor';
  const monitorEndsAtMs = isMonitoring && wait?.remainingMs != null ? heardAtMs + wait.remainingMs : null;
  const untilMs = endedAtMs ?? Math.max(nowMs, monitorEndsAtMs ?? 0);
  const lastsMs = Math.max(untilMs - startedAtMs, SHORTEST_MS, options.leastMs ?? 0);
  const toMs = startedAtMs + (isUnderWay ? lastsMs * 1.04 : lastsMs / (1 - END_SHARE));
  const span = { fromMs: startedAtMs - LEAD_MS, toMs };
  const picture = pictureOf(entries, choice.rollout.service.id, span, isMonitoring);
  const known = isUnderWay ? nowMs : Math.min(toMs, knownUntil(choice, entries, nowMs));
  return {
    picture: cutAt(picture, known),
    zeroMs: startedAtMs,
    nowMs: known,
    isUnderWay,
    monitorEndsAtMs,
  };
}

/** Of a kept rollout nothing is known beyond its slice; its end stands for what came then. */
function knownUntil(choice: Choice, entries: readonly HistoryEntry[], nowMs: number): number {
  if (choice.kind !== 'kept') return nowMs;
  return Math.max(choice.rollout.endedAtMs + 3_000, entries.at(-1)?.atMs ?? 0);
}

/** A state that lasts is drawn up to what is known, not into the time to come. */
function cutAt(picture: Picture, nowMs: number): Picture {
  return {
    ...picture,
    phases: picture.phases
      .filter(({ fromMs }) => fromMs < nowMs)
      .map((phase) => ({ ...phase, toMs: Math.min(phase.toMs, nowMs) })),
  };
}
