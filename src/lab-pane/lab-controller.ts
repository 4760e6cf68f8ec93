import { batch, computed, signal } from '@preact/signals';
import type { CatalogLesson, LabSessionView, LimitHit } from '#contract/api.ts';
import type { LocalizedText } from '#contract/language.ts';
import { backOffMs } from '../api-client/back-off.ts';
import { EventStream, type StreamState } from '../api-client/event-stream.ts';
import * as api from '../api-client/lab-api.ts';
import { readLabEvent } from '../api-client/lab-events.ts';
import { knownCode, LabProblem, problemFrom } from '../api-client/lab-problem.ts';
import { launchResult } from '../api-client/launch-link.ts';
import { exerciseOnArrival } from './exercise-progress.ts';
import { EMPTY_LAB, type LabModel, reduceLab } from './lab-model.ts';
import { dismissLimit } from './limit-news.ts';
import type { PaneSettings } from './pane-settings.ts';
import { isSignedOut, type WayIn, wayInto } from './way-in.ts';

export type SignIn = 'checking' | 'out' | 'in';
export type LabWork = 'starting' | 'resetting' | 'preparing' | 'resuming' | 'closing';

export interface PaneAddress {
  /** The lab to begin with, until the lesson's exercises are known. */
  readonly lab: string;
  readonly lesson: string;
}

/** The learner's lab as the server has it, and what the learner can ask of it as a whole. */
export class LabController {
  readonly address: PaneAddress;
  readonly signIn = signal<SignIn>('checking');
  /** What keeps somebody out who is not signed in as a learner. */
  readonly wayIn = signal<WayIn>('NOT_SIGNED_IN');
  /** Somebody who leads classes follows the lesson. */
  readonly isInstructor = signal(false);
  readonly lesson = signal<CatalogLesson | null>(null);
  /** Which of the lesson's labs is shown. */
  readonly labId;
  /** Whether it is known if this lab runs: before that there is nothing to start. */
  readonly isJoined = signal(false);
  readonly model = signal<LabModel>(EMPTY_LAB);
  readonly connection = signal<StreamState | 'connecting'>('connecting');
  /** Why there is no lab to see, or why the last request about the lab as a whole failed. */
  readonly problem = signal<LabProblem | null>(null);
  readonly work = signal<LabWork | null>(null);
  /** Title of the lab that an exercise has led to, to be said in passing. */
  readonly movedTo = signal<LocalizedText | null>(null);
  /** The exercise whose start this page has asked for, until the lab is there; a failure can be tried again. */
  readonly preparing = signal<string | null>(null);
  /** Labs of other sections that this learner has open; asked for when there is no room for this one. */
  readonly otherLabs = signal<readonly LabSessionView[]>([]);

  readonly session = computed(() => this.model.value.session);
  readonly state = computed(() => this.session.value?.status.state ?? null);
  readonly isReady = computed(() => this.state.value === 'ready');
  /** Whether it waits for room on the machine. */
  readonly isWaiting = computed(() => {
    const status = this.session.value?.status;
    return status !== undefined && 'queue' in status && status.queue !== undefined;
  });
  readonly definition = computed(
    () => this.lesson.value?.labs.find(({ id }) => id === this.labId.value) ?? null,
  );

  readonly #settings: PaneSettings;
  #stream: EventStream | null = null;
  #stopped = false;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #attempt = 0;

  constructor(address: PaneAddress, settings: PaneSettings) {
    this.address = address;
    this.labId = signal(address.lab);
    this.#settings = settings;
    settings.useLab(address.lab);
  }

  /** Finds out who is here and joins the lab if it runs; tries again by itself while the server is away. */
  async load(): Promise<void> {
    if (this.#retry) clearTimeout(this.#retry);
    try {
      const launch = await launchResult;
      const me = await api.fetchMe();
      if (this.#stopped) return;
      this.signIn.value = me.signedIn ? 'in' : 'out';
      this.wayIn.value = wayInto(me);
      this.isInstructor.value = me.instructor !== null;
      this.problem.value =
        !me.signedIn && launch.state === 'refused' ? new LabProblem(knownCode(launch.code)) : null;
      // Goal and checks can be read before signing in.
      this.lesson.value ??= await api.fetchLesson(this.address.lesson);
      if (me.signedIn) await this.#join(this.lesson.value);
      this.#attempt = 0;
    } catch (fault) {
      this.#loadFailed(problemFrom(fault));
    }
  }

  async #join(lesson: CatalogLesson): Promise<void> {
    const [listed, progress] = await Promise.all([api.fetchLabSessions(), api.fetchProgress()]);
    if (this.#stopped) return;
    batch(() => {
      this.apply({ type: 'progress', progress });
      const remembered = this.#settings.exercise.value;
      const exercise = exerciseOnArrival(lesson.exercises, progress, remembered, listed.filter(isOpen));
      if (exercise) {
        this.#settings.exercise.value = exercise.id;
        if (exercise.lab !== this.labId.value) this.#turnTo(exercise.lab);
      }
      this.#found(listed);
    });
  }

  /** Shows another lab of the lesson. The one before goes on without this page. */
  async enter(lab: string): Promise<void> {
    if (lab === this.labId.value) return;
    const isStarted = this.session.value !== null && isOpen(this.session.value);
    this.#turnTo(lab);
    if (this.signIn.value !== 'in') return;
    this.movedTo.value = this.definition.value?.title ?? null;
    try {
      const sessions = await api.fetchLabSessions();
      if (this.#stopped || this.labId.value !== lab) return;
      this.#found(sessions);
      // Whoever works in one lab and chooses an exercise of the next one has decided already.
      if (isStarted && !(this.session.value && isOpen(this.session.value))) await this.start();
    } catch (fault) {
      if (this.labId.value === lab) this.#loadFailed(problemFrom(fault));
    }
  }

  #turnTo(lab: string): void {
    this.rest();
    batch(() => {
      this.model.value = { ...EMPTY_LAB, progress: this.model.value.progress };
      this.labId.value = lab;
      this.#settings.useLab(lab);
      this.isJoined.value = false;
      this.connection.value = 'connecting';
      this.problem.value = null;
      this.work.value = null;
      this.preparing.value = null;
    });
  }

  #found(sessions: readonly LabSessionView[]): void {
    const mine = sessions.find(({ lab }) => lab === this.labId.value);
    batch(() => {
      this.isJoined.value = true;
      if (mine && isOpen(mine)) this.#follow(mine);
      else if (mine) this.apply({ type: 'session', session: mine });
    });
    if (!document.hidden) this.#wakeUp();
  }

  #loadFailed(problem: LabProblem): void {
    if (this.#stopped) return;
    this.problem.value = problem;
    if (isSignedOut(problem.code)) this.signIn.value = 'out';
    if (problem.isRetryable) this.#retry = setTimeout(() => void this.load(), backOffMs(this.#attempt++));
  }

  async start(): Promise<void> {
    const lab = this.labId.value;
    await this.#doing('starting', async () => {
      const session = await api.startLab(lab);
      if (this.labId.value === lab) this.#follow(session);
    });
    if (this.problem.value) await this.#findOtherLabs();
  }

  async reset(): Promise<void> {
    this.preparing.value = null;
    await this.#ofSession('resetting', (session) => api.resetLab(session.id));
  }

  /** A fresh lab, brought to where this exercise begins. */
  async prepare(exercise: string): Promise<void> {
    await this.#ofSession('preparing', async (session) => {
      const before = this.preparing.value;
      this.preparing.value = exercise;
      try {
        await api.prepareExercise(session.id, exercise);
      } catch (fault) {
        this.preparing.value = before;
        throw fault;
      }
    });
  }

  async resume(): Promise<void> {
    if (this.state.value === 'paused') {
      await this.#ofSession('resuming', (session) => api.resumeLab(session.id));
    }
  }

  async close(): Promise<void> {
    await this.#ofSession('closing', (session) => api.closeLab(session.id));
  }

  /** Gives the place in the queue back: as if the lab had not been asked for. */
  async leaveQueue(): Promise<void> {
    await this.close();
    if (this.problem.value) return;
    this.rest();
    this.model.value = { ...EMPTY_LAB, progress: this.model.value.progress };
  }

  async closeOther(session: LabSessionView): Promise<void> {
    await this.#doing('closing', () => api.closeLab(session.id));
    await this.#findOtherLabs();
  }

  /** The page is seen again, or the network is back: what waits is tried at once. */
  wake(): void {
    if (this.#stream) {
      this.#stream.wake();
    } else if (this.session.value && this.state.value !== 'closed') {
      this.#follow(this.session.value);
    } else if (this.problem.value?.isRetryable) {
      void this.load();
    }
    this.#wakeUp();
  }

  /** What an instructor paused goes on at the learner's word only. */
  #wakeUp(): void {
    const status = this.session.value?.status;
    if (status?.state === 'paused' && status.why?.cause !== 'instructor') void this.resume();
  }

  /** An unseen page lets go of the lab, so that the server may pause it. */
  rest(): void {
    this.#stream?.close();
    this.#stream = null;
  }

  apply(event: Parameters<typeof reduceLab>[1]): void {
    this.model.value = reduceLab(this.model.value, event);
  }

  /** Takes in what an answer says of this session; by the time it comes, another lab may be in view. */
  keep(id: LabSessionView['id'], change: (session: LabSessionView) => LabSessionView): void {
    const session = this.session.value;
    if (session?.id === id) this.apply({ type: 'session', session: change(session) });
  }

  dismissNotice(): void {
    this.model.value = { ...this.model.value, notice: null };
  }

  dismissLimit(limit: LimitHit['limit']): void {
    this.model.value = { ...this.model.value, limits: dismissLimit(this.model.value.limits, limit) };
  }

  dispose(): void {
    this.#stopped = true;
    if (this.#retry) clearTimeout(this.#retry);
    this.rest();
  }

  #follow(session: LabSessionView): void {
    this.apply({ type: 'session', session });
    this.#stream?.close();
    this.connection.value = 'connecting';
    this.#stream = new EventStream({
      path: api.labEventsPath(session.id),
      onEvent: (event) => {
        const known = readLabEvent(event);
        const before = this.state.value;
        const waited = this.isWaiting.value;
        if (known) this.apply(known);
        if (this.isWaiting.value && !waited) void this.#findOtherLabs();
        if (this.state.value === 'closed') this.rest();
        if (this.isReady.value && before !== 'ready') this.preparing.value = null;
      },
      onState: (state) => {
        this.connection.value = state;
      },
      onRefused: (problem) => this.#refused(problem),
    });
  }

  #refused(problem: LabProblem): void {
    this.rest();
    if (problem.code === 'LAB_SESSION_UNKNOWN') {
      this.#forget();
      return;
    }
    this.problem.value = problem;
    if (isSignedOut(problem.code)) this.signIn.value = 'out';
  }

  /** The lab is gone. If it went away while we looked elsewhere, nobody has told us so by an event. */
  #forget(): void {
    const { session } = this.model.value;
    if (!session) return;
    const status = { state: 'closed', sinceMs: session.status.sinceMs } as const;
    this.apply({ type: 'session', session: { ...session, status, terminals: [] } });
  }

  async #findOtherLabs(): Promise<void> {
    try {
      const sessions = await api.fetchLabSessions();
      this.otherLabs.value = sessions.filter(
        (session) => isOpen(session) && session.lab !== this.labId.value,
      );
    } catch {
      // The reason why the lab can't start is on show already; this list is only a shortcut.
      this.otherLabs.value = [];
    }
  }

  async #ofSession(work: LabWork, send: (session: LabSessionView) => Promise<void>): Promise<void> {
    const session = this.session.value;
    if (session) await this.#doing(work, () => send(session));
  }

  async #doing(work: LabWork, run: () => void | Promise<void>): Promise<void> {
    if (this.work.value) return;
    const lab = this.labId.value;
    this.work.value = work;
    this.problem.value = null;
    const problem = await problemOf(run);
    if (this.labId.value !== lab) return;
    this.work.value = null;
    if (problem?.code === 'LAB_SESSION_UNKNOWN') this.#forget();
    else if (problem && isSignedOut(problem.code)) this.signIn.value = 'out';
    else this.problem.value = problem;
  }
}

function isOpen(session: LabSessionView): boolean {
  return session.status.state !== 'closed';
}

async function problemOf(run: () => void | Promise<void>): Promise<LabProblem | null> {
  try {
    await run();
    return null;
  } catch (fault) {
    return problemFrom(fault);
  }
}
