import { computed, signal } from '@preact/signals';
import { WatchChoice, WatchView } from '#contract/class-watch.ts';
import type { LabSessionId } from '#contract/ids.ts';
import type { ServerSentEvent } from '../../api-client/event-parser.ts';
import { type LabProblem, problemFrom } from '../../api-client/lab-problem.ts';
import { request, requestNothing } from '../../api-client/request.ts';
import { LabSight } from './lab-sight.ts';

/** A learner's lab as somebody sees it who watches, and what can be asked of the learner. */
export class WatchController {
  readonly cohort: string;
  readonly choice = signal<WatchChoice | null>(null);
  readonly watching = signal<WatchView | null>(null);
  readonly sight = new LabSight();
  readonly problem = signal<LabProblem | null>(null);
  readonly isBusy = signal(false);
  readonly isOn = computed(() => this.watching.value?.status.state === 'on');
  readonly hasKeyboard = computed(() => {
    const status = this.watching.value?.status;
    return status?.state === 'on' && status.keyboard.state === 'has';
  });
  readonly #path: string;

  constructor(cohort: string, learner: string) {
    this.cohort = cohort;
    this.#path = `/api/cohorts/${encodeURIComponent(cohort)}/learners/${encodeURIComponent(learner)}/watch`;
  }

  /** What there is to watch; goes on with what this browser watches already. */
  async load(): Promise<void> {
    await this.#doing(async () => {
      const choice = await request(WatchChoice, { path: this.#path });
      this.choice.value = choice;
      const open = choice.labs.find(({ watch }) => watch !== null);
      if (open) await this.#ask(open.id);
    });
  }

  /** Asks the learner, or begins at once where the class allows it. */
  async ask(labSession: LabSessionId): Promise<void> {
    await this.#doing(() => this.#ask(labSession));
  }

  async #ask(labSession: LabSessionId): Promise<void> {
    const path = this.#path;
    const watching = await request(WatchView, { method: 'POST', path, body: { labSession } });
    this.watching.value = watching;
    this.#follow(watching);
  }

  async stop(): Promise<void> {
    await this.#ofWatch((path) => requestNothing({ method: 'DELETE', path }));
  }

  async askForKeyboard(): Promise<void> {
    await this.#ofWatch((path) => requestNothing({ method: 'POST', path: `${path}/keyboard` }));
  }

  async giveKeyboardBack(): Promise<void> {
    await this.#ofWatch((path) => requestNothing({ method: 'DELETE', path: `${path}/keyboard` }));
  }

  /** Address where a ticket for this terminal is to be had. @throws where nothing is watched */
  ticketPath(terminal: string): string {
    return `${this.#ownPath()}/terminals/${terminal}/ticket`;
  }

  dispose(): void {
    this.sight.close();
  }

  #ownPath(): string {
    const id = this.watching.peek()?.id;
    if (id === undefined) throw new Error('nothing is watched');
    return `${this.#path}/${id}`;
  }

  #follow({ id }: WatchView): void {
    this.sight.follow({
      path: `${this.#path}/${id}/events`,
      onEvent: (event) => this.#receive(event),
      onRefused: (problem) => this.#ended(problem),
    });
  }

  #receive({ name, data }: ServerSentEvent): boolean {
    if (name !== 'watching') return false;
    const watching = WatchView.parse(JSON.parse(data).watching);
    this.watching.value = watching;
    if (watching.status.state === 'over') void this.#over();
    return true;
  }

  /** The list of labs may be another one by now. */
  async #over(): Promise<void> {
    this.sight.close();
    try {
      this.choice.value = await request(WatchChoice, { path: this.#path });
    } catch (fault) {
      this.problem.value = problemFrom(fault);
    }
  }

  /** The server knows nothing of it any more: it was started again, or we are not allowed to. */
  #ended(problem: LabProblem): void {
    this.watching.value = null;
    this.problem.value = problem;
  }

  async #ofWatch(work: (path: string) => Promise<void>): Promise<void> {
    await this.#doing(() => work(this.#ownPath()));
  }

  async #doing(work: () => Promise<void>): Promise<void> {
    if (this.isBusy.value) return;
    this.isBusy.value = true;
    this.problem.value = null;
    try {
      await work();
    } catch (fault) {
      this.problem.value = problemFrom(fault);
    } finally {
      this.isBusy.value = false;
    }
  }
}
