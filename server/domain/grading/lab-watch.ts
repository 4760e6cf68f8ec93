import type { ExerciseStart } from '#contract/check.ts';
import { conditionAfter, type HistoryEntry, type HistoryFact } from '#contract/swarm-history.ts';
import type { LabNodeView, LabSnapshot } from '#contract/swarm-snapshot.ts';
import type { EngineEvent, LabNodeRef, LabObserver } from '../../ports.ts';
import { Allowance } from '../allowance.ts';
import { refusingFromHistory } from '../history/control-facts.ts';
import { HistoryLog, type TimedFact } from '../history/history-log.ts';
import type { HistorySink } from '../history/history-sink.ts';
import { type KnownService, knownFromHistory } from '../history/known-services.ts';
import { mergeFacts, remember } from '../history/merge-facts.ts';
import { LabError } from '../lab-error.ts';
import { isInMotion } from './swarm-motion.ts';

/** Events come in bursts: one look answers for all that arrive within this time. */
const EVENT_DELAY_MS = 60;
const POLL_IN_MOTION_MS = 500;
/** Tasks go from one state to the next without an event: somebody who looks on sees each within half a second. */
const POLL_LIVELY_MS = 250;
/** So long after a change the next one is to be expected; a monitor window is far longer. */
const LIVELY_MS = 3_000;
const POLL_AT_REST_MS = 2_500;
/** A swarm that is on its way but shows nothing new for this long is looked at slowly, until an event comes. */
const MOTION_PATIENCE_MS = 30_000;
const LOOK_DEADLINE_MS = 4_000;
const MAX_WAITING_EVENTS = 1_000;
/** In a storm of events, the looks of one lab. The burst is for a deployment that keeps everybody waiting. */
const LOOKS = { perSecond: 4, burst: 40 };
const STORM_DELAY_MS = 250;
/** What a look costs this process is followed by a pause of so many times that: other labs are to be looked at, too. */
const PAUSE_FACTOR = 10;
/** Far beyond what a swarm does; an engine that makes things up fills no disk with them. */
const FACTS = { perSecond: 50, burst: 5_000 };

export interface LabWatchOptions {
  readonly observer: LabObserver;
  readonly nodes: readonly LabNodeRef[];
  readonly sink: HistorySink;
  /** Whether a page shows this lab to somebody. */
  readonly isWatched: () => boolean;
  /** Called after these were added to the history. */
  readonly onEntries?: (added: readonly HistoryEntry[]) => void;
  /** A look failed in a way that the observer does not foresee. The watch goes on. */
  readonly onFailure: (failure: unknown) => void;
}

/** Observes one running lab: the newest snapshot, what happened so far, and who wants to know. */
export class LabWatch implements AsyncDisposable {
  readonly #options: LabWatchOptions;
  readonly #log: HistoryLog;
  readonly #listeners = new Set<(snapshot: LabSnapshot) => void>();
  readonly #disposed = new AbortController();
  #streams = new AbortController();
  #known: ReadonlyMap<string, KnownService>;
  #refusing: ReadonlySet<string>;
  /** Nodes that the learner has unplugged. */
  readonly #isolated = new Set<string>();
  #latest: LabSnapshot | null = null;
  /** What the next look is compared with. */
  #remembered: LabSnapshot | null = null;
  readonly #looks = new Allowance(LOOKS, performance.now());
  readonly #facts = new Allowance(FACTS, performance.now());
  #lookCostMs = 0;
  #restUntilMs = 0;
  #lastChangeAtMs = 0;
  #waiting: EngineEvent[] = [];
  #inFlux = new Set<string>();
  #looking: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #dueAtMs = Number.POSITIVE_INFINITY;
  #isSuspended = true;

  constructor(options: LabWatchOptions) {
    this.#options = options;
    this.#log = new HistoryLog(options.sink);
    this.#known = knownFromHistory(this.#log.entries);
    this.#refusing = refusingFromHistory(this.#log.entries);
    for (const entry of this.#log.entries) this.#noteSwitch(entry);
    this.resume();
  }

  /** `null` before the first look. */
  get latest(): LabSnapshot | null {
    return this.#latest;
  }

  get history(): readonly HistoryEntry[] {
    return this.#log.entries;
  }

  /** The newest look; where a node or a cluster did not answer, the last that it did. */
  get remembered(): LabSnapshot | null {
    return this.#remembered;
  }

  /** Lab nodes as they were when each last answered. */
  get lastAnswers(): readonly LabNodeView[] {
    return this.#remembered?.labNodes ?? [];
  }

  /** Writes down what no look can show. */
  note(fact: HistoryFact): void {
    this.#append([{ atMs: Date.now(), fact }]);
  }

  /** The same, and looks at what it led to. */
  record(fact: HistoryFact): void {
    this.note(fact);
    this.#noteSwitch(fact);
    this.#lookWithin(EVENT_DELAY_MS);
  }

  /** Calls back after every look, also one that shows nothing new: time may matter to a check. */
  onLook(listener: (snapshot: LabSnapshot) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** A look that begins after this call. @throws {LabError} LAB_NOT_READY when suspended or disposed before it ends */
  async refresh(): Promise<LabSnapshot> {
    if (this.#looking !== null) await this.#looking;
    await (this.#looking ?? this.#look());
    if (this.#latest === null || this.#isSuspended)
      throw new LabError('LAB_NOT_READY', 'the lab is not being observed');
    return this.#latest;
  }

  /** Where an exercise that is entered now begins. */
  async exerciseStart(): Promise<ExerciseStart> {
    const snapshot = await this.refresh();
    const services = snapshot.swarms.flatMap((swarm) => swarm.services);
    return {
      atMs: snapshot.takenAtMs,
      seq: this.#log.lastSeq,
      serviceIds: Object.fromEntries(services.map((service) => [service.name, service.id])),
    };
  }

  /** A frozen lab can't answer: no look, and none of its silence in the verdicts. */
  suspend(): void {
    this.#isSuspended = true;
    this.#streams.abort();
    clearTimeout(this.#timer);
    this.#dueAtMs = Number.POSITIVE_INFINITY;
  }

  resume(): void {
    if (!this.#isSuspended || this.#disposed.signal.aborted) return;
    this.#isSuspended = false;
    this.#streams = new AbortController();
    const { observer, nodes } = this.#options;
    observer.watch(nodes, (event) => this.#receive(event), this.#streams.signal);
    this.#lookWithin(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed.abort();
    this.suspend();
    this.#listeners.clear();
    await this.#looking;
  }

  #noteSwitch(fact: HistoryFact): void {
    if (fact.type !== 'power') return;
    if (conditionAfter(fact) === 'unplugged') this.#isolated.add(fact.labNode);
    else this.#isolated.delete(fact.labNode);
  }

  #receive(event: EngineEvent): void {
    if (this.#isSuspended) return;
    this.#waiting.push(event);
    if (this.#waiting.length > MAX_WAITING_EVENTS) this.#waiting.shift();
    if (this.#looking !== null) this.#inFlux.add(event.id);
    this.#lookWithin(EVENT_DELAY_MS);
  }

  /** Sees to a look in this time, unless one is due sooner or the last one is still to be rested from. */
  #lookWithin(wantedMs: number): void {
    const delayMs = Math.max(wantedMs, this.#restUntilMs - performance.now());
    const dueAtMs = Date.now() + delayMs;
    if (this.#isSuspended || dueAtMs >= this.#dueAtMs) return;
    clearTimeout(this.#timer);
    this.#dueAtMs = dueAtMs;
    this.#timer = setTimeout(() => {
      this.#dueAtMs = Number.POSITIVE_INFINITY;
      if (this.#looking === null) void this.#look();
    }, delayMs);
  }

  #look(): Promise<void> {
    const isCalm = this.#looks.spend(1, performance.now());
    this.#looking = this.#lookOnce()
      .catch((failure: unknown) => this.#options.onFailure(failure))
      .finally(() => {
        this.#looking = null;
        // Events that came meanwhile may not be in what was seen.
        this.#restUntilMs =
          performance.now() + Math.max(this.#lookCostMs * PAUSE_FACTOR, isCalm ? 0 : STORM_DELAY_MS);
        this.#lookWithin(this.#inFlux.size > 0 ? EVENT_DELAY_MS : this.#pauseMs());
        this.#inFlux.clear();
      });
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    const { observer, nodes } = this.#options;
    const streams = this.#streams;
    const events = this.#waiting;
    this.#waiting = [];
    this.#inFlux.clear();
    const signal = AbortSignal.any([streams.signal, AbortSignal.timeout(LOOK_DEADLINE_MS)]);
    const now = await observer.snapshot(nodes, signal, this.#isolated);
    if (streams.signal.aborted) return;
    const seenAtMs = performance.now();
    // With nobody to ask, the events wait for a look that shows their services.
    if (now.swarms.length === 0) this.#waiting = [...events, ...this.#waiting].slice(-MAX_WAITING_EVENTS);
    const merged = mergeFacts({
      before: this.#remembered,
      now,
      known: this.#known,
      refusing: this.#refusing,
      events,
      inFlux: this.#inFlux,
    });
    this.#known = merged.known;
    this.#refusing = merged.refusing;
    this.#append(merged.facts.filter(() => this.#facts.spend(1, seenAtMs)));
    if (this.#latest === null || !sameState(this.#latest, now)) this.#lastChangeAtMs = Date.now();
    this.#latest = now;
    this.#remembered = remember(this.#remembered, now);
    for (const listener of this.#listeners) listener(now);
    this.#lookCostMs = performance.now() - seenAtMs;
  }

  #append(facts: readonly TimedFact[]): void {
    const added = this.#log.append(facts);
    if (added.length > 0) this.#options.onEntries?.(added);
  }

  #pauseMs(): number {
    if (this.#latest === null) return POLL_IN_MOTION_MS;
    const unchangedMs = Date.now() - this.#lastChangeAtMs;
    if (unchangedMs >= MOTION_PATIENCE_MS || !isInMotion(this.#latest)) return POLL_AT_REST_MS;
    const isLively = unchangedMs < LIVELY_MS && this.#options.isWatched();
    return isLively ? POLL_LIVELY_MS : POLL_IN_MOTION_MS;
  }
}

function sameState(one: LabSnapshot, other: LabSnapshot): boolean {
  return JSON.stringify({ ...one, takenAtMs: 0 }) === JSON.stringify({ ...other, takenAtMs: 0 });
}
