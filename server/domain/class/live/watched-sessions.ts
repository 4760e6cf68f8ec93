import type { ExerciseVerdict, LabEvent, NodeStatus } from '#contract/api.ts';
import { ACTIVITY_STEP_MS } from '#contract/class-live.ts';
import type { LabSessionId, LearnerId } from '#contract/ids.ts';
import type { LabSession } from '../../lab-session.ts';
import type { SessionObserver } from '../../session-observer.ts';
import type { Attempt } from '../../stores.ts';
import { judged, missed, newTrial, type StuckRule, type Trial, worked } from './trial.ts';

/** Trials of open labs across restarts. */
export interface TrialStore {
  load(labSessionId: LabSessionId): Trial | null;
  save(labSessionId: LabSessionId, trial: Trial): void;
  forget(labSessionId: LabSessionId): void;
}

export interface WatchedSession {
  /** `null` where the lab has no exercise. */
  readonly trial: Trial | null;
  /** The newest one on the trial's exercise. */
  readonly verdict: ExerciseVerdict | null;
  readonly nodes: readonly NodeStatus[];
}

interface WatchedSessionsParts {
  readonly store: TrialStore;
  readonly rule: StuckRule;
  readonly nowMs: () => number;
  /** What the class view shows of this learner may be another. */
  readonly onChange: (learnerId: LearnerId) => void;
}

const UNSEEN: WatchedSession = { trial: null, verdict: null, nodes: [] };
/** Work goes on record this often; what a crash takes of it is no more. */
const SAVE_WORK_EVERY_MS = 30_000;

/** What an instructor should know of every open lab beyond its state: how its learner gets on. */
export class WatchedSessions implements SessionObserver {
  readonly #parts: WatchedSessionsParts;
  readonly #watched = new Map<LabSessionId, WatchedSession>();
  readonly #savedAtMs = new Map<LabSessionId, number>();

  constructor(parts: WatchedSessionsParts) {
    this.#parts = parts;
  }

  of(id: LabSessionId): WatchedSession {
    return this.#watched.get(id) ?? UNSEEN;
  }

  heard(session: LabSession, event: LabEvent): void {
    // What is said of a lab that is over comes before `gone`.
    if (session.status.state === 'closed') return;
    switch (event.type) {
      case 'session':
        this.#follow(session, session.activeExercise);
        break;
      case 'verdict':
        this.#judge(session, event.verdict);
        break;
      case 'nodes':
        this.#set(session, { ...this.of(session.id), nodes: event.nodes });
        break;
      case 'progress':
        break;
      default:
        return;
    }
    this.#parts.onChange(session.learnerId);
  }

  visited(session: LabSession): void {
    this.#parts.onChange(session.learnerId);
  }

  worked(session: LabSession): void {
    const { trial } = this.of(session.id);
    if (trial === null) return;
    const { rule, nowMs, onChange } = this.#parts;
    const isDue = nowMs() - (this.#savedAtMs.get(session.id) ?? 0) >= SAVE_WORK_EVERY_MS;
    const next = worked(trial, rule, nowMs());
    this.#put(session, next, isDue);
    // Every key comes by here; what can be seen of it changes less often.
    if (step(next.workedAtMs) !== step(trial.workedAtMs)) onChange(session.learnerId);
  }

  attempted(session: LabSession, { trigger, verdict }: Attempt): void {
    const { trial } = this.of(session.id);
    const { rule, nowMs, onChange } = this.#parts;
    onChange(session.learnerId);
    if (trial === null || trial.exercise !== verdict.exercise || trigger === 'automatic') return;
    const isMiss = verdict.checks.some((check) => check.verdict === 'failed');
    this.#put(session, isMiss ? missed(trial, rule, nowMs()) : worked(trial, rule, nowMs()));
  }

  gone(session: LabSession): void {
    this.#watched.delete(session.id);
    this.#savedAtMs.delete(session.id);
    this.#parts.store.forget(session.id);
    this.#parts.onChange(session.learnerId);
  }

  /** Takes up the exercise that is the active one, where it left off before a restart. */
  #follow(session: LabSession, exercise: string | null): void {
    const { trial } = this.of(session.id);
    const { generation } = session;
    const isSame = (one: Trial | null): boolean =>
      one !== null && one.exercise === exercise && one.generation === generation;
    if (exercise === null || isSame(trial)) return;
    const { store, nowMs } = this.#parts;
    const stored = trial === null ? store.load(session.id) : null;
    const nodes = trial?.generation === generation ? this.of(session.id).nodes : [];
    const next = stored !== null && isSame(stored) ? stored : newTrial(exercise, generation, nowMs());
    this.#set(session, { trial: next, verdict: null, nodes });
    if (next !== stored) this.#put(session, next);
  }

  /** A verdict may be heard before the exercise counts as the active one. */
  #judge(session: LabSession, verdict: ExerciseVerdict): void {
    if (verdict.generation !== session.generation) return;
    this.#follow(session, verdict.exercise);
    const { trial } = this.of(session.id);
    if (trial === null) return;
    this.#set(session, { ...this.of(session.id), verdict });
    const met = verdict.checks.filter((check) => check.verdict === 'passed').length;
    const next = judged(trial, met, this.#parts.nowMs());
    if (next !== trial) this.#put(session, next);
  }

  #put(session: LabSession, trial: Trial, isKept = true): void {
    this.#set(session, { ...this.of(session.id), trial });
    if (!isKept) return;
    this.#savedAtMs.set(session.id, this.#parts.nowMs());
    this.#parts.store.save(session.id, trial);
  }

  #set(session: LabSession, watched: WatchedSession): void {
    this.#watched.set(session.id, watched);
  }
}

function step(atMs: number | null): number | null {
  return atMs === null ? null : Math.floor(atMs / ACTIVITY_STEP_MS);
}
