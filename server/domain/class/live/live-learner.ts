import type { ExerciseProgress, ExerciseVerdict, LabSessionView, NodeStatus } from '#contract/api.ts';
import {
  ACTIVITY_STEP_MS,
  type LiveCell,
  type LiveHand,
  type LiveLab,
  type LiveLearner,
  type LiveNode,
  type LiveTrial,
} from '#contract/class-live.ts';
import type { LearnerId } from '#contract/ids.ts';
import { conditionOf, type NodeConditions } from '#contract/node-condition.ts';
import { type StuckRule, stuckSince } from './trial.ts';
import type { WatchedSession } from './watched-sessions.ts';

export interface LearnerFacts {
  readonly id: LearnerId;
  readonly name: string;
  readonly joinedAtMs: number | null;
  readonly lastSeenAtMs: number | null;
  readonly progress: ReadonlyMap<string, ExerciseProgress>;
  /** Open ones, newest first. */
  readonly sessions: readonly SessionFacts[];
  readonly hand: LiveHand | null;
}

export interface SessionFacts extends WatchedSession {
  readonly view: LabSessionView;
  readonly connections: number;
}

export interface LiveRules {
  readonly stuck: StuckRule;
  /** How many checks an exercise has. */
  readonly checksOf: (exercise: string) => number;
}

/** A request is noted once a minute; who made one so lately counts as being there. */
const HERE_MS = 2 * 60_000;

/** A learner's row of the class view. Pure. */
export function liveLearner(facts: LearnerFacts, rules: LiveRules, nowMs: number): LiveLearner {
  const trials = facts.sessions.flatMap((session) => trialOf(session, facts.progress, rules, nowMs) ?? []);
  return {
    id: facts.id,
    name: facts.name,
    joined: facts.joinedAtMs !== null,
    here:
      facts.sessions.some(({ connections }) => connections > 0) ||
      (facts.lastSeenAtMs !== null && nowMs - facts.lastSeenAtMs < HERE_MS),
    activeAtMs: activeAtMs(facts),
    cells: cellsOf(facts.progress, trials),
    trial: foremost(trials, facts.sessions),
    labs: facts.sessions.map(labOf),
    hand: facts.hand,
  };
}

function trialOf(
  { trial, verdict }: SessionFacts,
  progress: LearnerFacts['progress'],
  rules: LiveRules,
  nowMs: number,
): LiveTrial | null {
  if (trial === null || trial.beganAtMs === null) return null;
  if (progress.get(trial.exercise)?.completedAtMs != null) return null;
  return {
    exercise: trial.exercise,
    sinceMs: trial.beganAtMs,
    met: verdict?.checks.filter((check) => check.verdict === 'passed').length ?? 0,
    total: verdict?.checks.length ?? rules.checksOf(trial.exercise),
    stuckSinceMs: stuckSince(trial, rules.stuck, nowMs),
    failing: failingOf(verdict),
  };
}

/** What is plainly wrong comes before what is on its way, and that before what can't be told. */
function failingOf(verdict: ExerciseVerdict | null): LiveTrial['failing'] {
  for (const kind of ['failed', 'pending', 'errored'] as const) {
    const found = verdict?.checks.find((check) => check.verdict === kind);
    if (found) return { check: found.id, verdict: kind, message: found.message };
  }
  return null;
}

/** Of several labs, the one in which its learner is stuck, else the one worked in last. */
function foremost(trials: readonly LiveTrial[], sessions: readonly SessionFacts[]): LiveTrial | null {
  const workedAtMs = ({ exercise }: LiveTrial): number =>
    sessions.find(({ trial }) => trial?.exercise === exercise)?.trial?.workedAtMs ?? 0;
  const [first] = [...trials].sort(
    (one, other) =>
      Number(other.stuckSinceMs !== null) - Number(one.stuckSinceMs !== null) ||
      workedAtMs(other) - workedAtMs(one),
  );
  return first ?? null;
}

function cellsOf(progress: LearnerFacts['progress'], trials: readonly LiveTrial[]): Record<string, LiveCell> {
  const cells: Record<string, LiveCell> = {};
  for (const [
    exercise,
    { completedAtMs, attempts, hintsShown: hints, solutionShown: solution },
  ] of progress) {
    const state = completedAtMs === null ? 'tried' : 'passed';
    const help = hints > 0 || solution ? { help: { hints, solution } } : {};
    cells[exercise] = { state, sinceMs: completedAtMs, attempts, ...help };
  }
  for (const { exercise, sinceMs, stuckSinceMs } of trials) {
    const state = stuckSinceMs === null ? 'trying' : 'stuck';
    cells[exercise] = { attempts: 0, ...cells[exercise], state, sinceMs: stuckSinceMs ?? sinceMs };
  }
  return cells;
}

function labOf({ view: { id, lab, status, conditions }, nodes }: SessionFacts): LiveLab {
  return { id, lab, status, nodes: nodes.map((node) => nodeOf(node, conditions)) };
}

function nodeOf({ name, role, availability, state }: NodeStatus, conditions: NodeConditions): LiveNode {
  const condition = conditionOf(conditions, name);
  if (condition !== 'on') return { name, role, trouble: condition };
  if (state === 'down' || state === 'disconnected') return { name, role, trouble: 'down' };
  if (state === 'unknown' || role === 'unknown') return { name, role, trouble: 'unknown' };
  return { name, role, trouble: availability === 'drain' ? 'drain' : null };
}

function activeAtMs({ lastSeenAtMs, sessions }: LearnerFacts): number | null {
  const work = sessions.flatMap(({ trial }) => trial?.workedAtMs ?? []);
  const times = lastSeenAtMs === null ? work : [lastSeenAtMs, ...work];
  if (times.length === 0) return null;
  return Math.floor(Math.max(...times) / ACTIVITY_STEP_MS) * ACTIVITY_STEP_MS;
}
