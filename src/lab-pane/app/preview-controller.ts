import { computed, effect, signal } from '@preact/signals';
import type { PreviewView } from '#contract/preview.ts';
import { openPreview } from '../../api-client/lab-api.ts';
import { type LabProblem, problemFrom } from '../../api-client/lab-problem.ts';
import type { LabController } from '../lab-controller.ts';

export interface PreviewTarget {
  readonly node: string;
  readonly port: number;
}

export type PreviewPhase =
  | { readonly kind: 'choosing' | 'asking' | 'shown' }
  /** The port is tried again and again. */
  | { readonly kind: 'waiting'; readonly listens: 'no' | 'silent' }
  /** It takes connections; the page waits for a press. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'problem'; readonly problem: LabProblem };

const TRY_AGAIN_MS = 3_000;
const CHOOSING: PreviewPhase = { kind: 'choosing' };

/**
 * Which port of the learner's lab is looked at. A page is never loaded without a press while an update is under way:
 * a request may cost the application a call that decides about the rollout.
 */
export class PreviewController {
  readonly target = signal<PreviewTarget | null>(null);
  readonly phase = signal<PreviewPhase>(CHOOSING);
  readonly origin = signal<string | null>(null);
  /** Counts the times that the page was loaded. */
  readonly visit = signal(0);
  readonly isUpdating;
  readonly #lab: LabController;
  #environment: string | null = null;
  #asked: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(lab: LabController) {
    this.#lab = lab;
    this.isUpdating = computed(() => lab.model.value.waits.list.length > 0);
    effect(() => {
      const environment = environmentOf(lab);
      if (environment === this.#environment) return;
      this.#environment = environment;
      this.choose();
    });
  }

  open(target: PreviewTarget): void {
    this.target.value = target;
    this.origin.value = null;
    this.phase.value = { kind: 'asking' };
    void this.#ask('pressed');
  }

  /** Loads the page again, from its start: what it is at now, no other origin may know. */
  async reload(): Promise<void> {
    if (this.phase.value.kind !== 'shown') this.phase.value = { kind: 'asking' };
    await this.#ask('pressed');
  }

  /** Back to the list of ports. */
  choose(): void {
    this.#stop();
    this.target.value = null;
    this.origin.value = null;
    this.phase.value = CHOOSING;
  }

  /** The view is seen again. */
  enter(): void {
    if (this.phase.value.kind === 'waiting') void this.#ask('by itself');
  }

  /** The view goes, and the page in it. To come back must not load it anew. */
  leave(): void {
    this.#stop();
    const { kind } = this.phase.value;
    if (kind === 'shown') this.phase.value = { kind: 'ready' };
    if (kind === 'asking') this.choose();
  }

  async #ask(by: 'pressed' | 'by itself'): Promise<void> {
    this.#stop();
    const asked = new AbortController();
    this.#asked = asked;
    const session = this.#lab.session.peek();
    const target = this.target.peek();
    if (session === null || target === null) return;
    try {
      const view = await openPreview(session.id, target, asked.signal);
      if (!asked.signal.aborted) this.#take(view, by);
    } catch (fault) {
      if (!asked.signal.aborted) this.phase.value = { kind: 'problem', problem: problemFrom(fault) };
    }
  }

  #take({ origin, listens }: PreviewView, by: 'pressed' | 'by itself'): void {
    this.origin.value = origin;
    if (listens !== 'yes') {
      this.phase.value = { kind: 'waiting', listens };
      this.#timer = setTimeout(() => this.#tryAgain(), TRY_AGAIN_MS);
    } else if (by === 'by itself' && this.isUpdating.peek()) {
      this.phase.value = { kind: 'ready' };
    } else {
      this.visit.value += 1;
      this.phase.value = { kind: 'shown' };
    }
  }

  #tryAgain(): void {
    if (!document.hidden) void this.#ask('by itself');
    else this.#timer = setTimeout(() => this.#tryAgain(), TRY_AGAIN_MS);
  }

  #stop(): void {
    this.#asked?.abort();
    clearTimeout(this.#timer);
  }
}

/** Changes when what runs behind the addresses is gone. A pause keeps it. */
function environmentOf({ session }: LabController): string | null {
  const { id, generation, status } = session.value ?? {};
  const isThere = status?.state === 'ready' || status?.state === 'paused' || status?.state === 'resuming';
  return isThere ? `${id}/${generation}` : null;
}
