import { computed, signal } from '@preact/signals';
import type { CatalogLesson, LabSessionView } from '#contract/api.ts';
import { backOffMs } from '../api-client/back-off.ts';
import { EventStream, type StreamState } from '../api-client/event-stream.ts';
import * as api from '../api-client/lab-api.ts';
import { readLabEvent } from '../api-client/lab-events.ts';
import { knownCode, LabProblem } from '../api-client/lab-problem.ts';
import { launchResult } from '../api-client/launch-link.ts';
import { EMPTY_LAB, type LabModel, reduceLab } from './lab-model.ts';

export type SignIn = 'checking' | 'out' | 'in';
export type LabWork = 'starting' | 'resetting' | 'resuming' | 'closing';

export interface PaneAddress {
  readonly lab: string;
  readonly lesson: string;
}

/** The learner's lab as the server has it, and what the learner can ask of it as a whole. */
export class LabController {
  readonly address: PaneAddress;
  readonly signIn = signal<SignIn>('checking');
  readonly lesson = signal<CatalogLesson | null>(null);
  readonly model = signal<LabModel>(EMPTY_LAB);
  readonly connection = signal<StreamState | 'connecting'>('connecting');
  /** Why there is no lab to see, or why the last request about the lab as a whole failed. */
  readonly problem = signal<LabProblem | null>(null);
  readonly work = signal<LabWork | null>(null);
  /** Labs of other sections that this learner has open; asked for when there is no room for this one. */
  readonly otherLabs = signal<readonly LabSessionView[]>([]);

  readonly session = computed(() => this.model.value.session);
  readonly state = computed(() => this.session.value?.status.state ?? null);
  readonly isReady = computed(() => this.state.value === 'ready');

  #stream: EventStream | null = null;
  #stopped = false;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #attempt = 0;

  constructor(address: PaneAddress) {
    this.address = address;
  }

  /** Finds out who is here and joins the lab if it runs; tries again by itself while the server is away. */
  async load(): Promise<void> {
    if (this.#retry) clearTimeout(this.#retry);
    try {
      const launch = await launchResult;
      const me = await api.fetchMe();
      if (this.#stopped) return;
      this.signIn.value = me.signedIn ? 'in' : 'out';
      this.problem.value =
        !me.signedIn && launch.state === 'refused' ? new LabProblem(knownCode(launch.code)) : null;
      // Goal and checks can be read before signing in.
      this.lesson.value ??= await api.fetchLesson(this.address.lesson);
      if (me.signedIn) await this.#join();
      this.#attempt = 0;
    } catch (fault) {
      this.#loadFailed(problemFrom(fault));
    }
  }

  async #join(): Promise<void> {
    const [sessions, progress] = await Promise.all([api.fetchLabSessions(), api.fetchProgress()]);
    if (this.#stopped) return;
    this.model.value = reduceLab(this.model.value, { type: 'progress', progress });
    const mine = sessions.find(({ lab, status }) => lab === this.address.lab && status.state !== 'closed');
    if (mine) this.#follow(mine);
    if (!document.hidden) void this.resume();
  }

  #loadFailed(problem: LabProblem): void {
    if (this.#stopped) return;
    this.problem.value = problem;
    if (problem.code === 'NOT_SIGNED_IN') this.signIn.value = 'out';
    if (problem.isRetryable) this.#retry = setTimeout(() => void this.load(), backOffMs(this.#attempt++));
  }

  async start(): Promise<void> {
    await this.#doing('starting', async () => this.#follow(await api.startLab(this.address.lab)));
    if (this.problem.value?.code === 'LAB_CAPACITY_REACHED') await this.#findOtherLabs();
  }

  async reset(): Promise<void> {
    await this.#ofSession('resetting', (session) => api.resetLab(session.id));
  }

  async resume(): Promise<void> {
    if (this.state.value === 'paused') {
      await this.#ofSession('resuming', (session) => api.resumeLab(session.id));
    }
  }

  async close(): Promise<void> {
    await this.#ofSession('closing', (session) => api.closeLab(session.id));
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
    void this.resume();
  }

  /** An unseen page lets go of the lab, so that the server may pause it. */
  rest(): void {
    this.#stream?.close();
    this.#stream = null;
  }

  apply(event: Parameters<typeof reduceLab>[1]): void {
    this.model.value = reduceLab(this.model.value, event);
  }

  dismissNotice(): void {
    this.model.value = { ...this.model.value, notice: null };
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
        if (known) this.apply(known);
        if (this.state.value === 'closed') this.rest();
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
    if (problem.code === 'NOT_SIGNED_IN') this.signIn.value = 'out';
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
      this.otherLabs.value = sessions.filter(({ lab }) => lab !== this.address.lab);
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
    this.work.value = work;
    this.problem.value = null;
    try {
      await run();
    } catch (fault) {
      const problem = problemFrom(fault);
      if (problem.code === 'LAB_SESSION_UNKNOWN') this.#forget();
      else if (problem.code === 'NOT_SIGNED_IN') this.signIn.value = 'out';
      else this.problem.value = problem;
    } finally {
      this.work.value = null;
    }
  }
}

export function problemFrom(fault: unknown): LabProblem {
  if (fault instanceof LabProblem) return fault;
  console.error(fault);
  return new LabProblem('INTERNAL', { requestId: '–' }, fault);
}
