import { computed, signal } from '@preact/signals';
import type { CatalogLesson } from '#contract/api.ts';
import type { ServerSentEvent } from '../../api-client/event-parser.ts';
import { EventStream } from '../../api-client/event-stream.ts';
import { fetchLesson } from '../../api-client/lab-api.ts';
import { readLabEvent } from '../../api-client/lab-events.ts';
import type { LabProblem } from '../../api-client/lab-problem.ts';
import { EMPTY_LAB, type LabModel, reduceLab } from '../../lab-pane/lab-model.ts';

type Connection = 'connecting' | 'live' | 'reconnecting';

export interface LabSightOptions {
  /** Address of an event stream that carries the lab's events among others. */
  readonly path: string;
  /** @returns whether the event was no event of the lab */
  readonly onEvent: (event: ServerSentEvent) => boolean;
  readonly onRefused: (problem: LabProblem) => void;
}

/** Somebody else's lab, as the server tells it to who looks on. */
export class LabSight {
  readonly model = signal<LabModel>(EMPTY_LAB);
  readonly connection = signal<Connection>('connecting');
  /** Of the exercise at hand: its words. */
  readonly lesson = signal<CatalogLesson | null>(null);
  readonly isReady = computed(() => this.model.value.session?.status.state === 'ready');
  #stream: EventStream | null = null;

  follow({ path, onEvent, onRefused }: LabSightOptions): void {
    this.close();
    this.model.value = EMPTY_LAB;
    this.connection.value = 'connecting';
    this.#stream = new EventStream({
      path,
      onEvent: (event) => {
        if (!onEvent(event)) this.#take(event);
      },
      onState: (state) => {
        this.connection.value = state;
      },
      onRefused,
    });
  }

  close(): void {
    this.#stream?.close();
    this.#stream = null;
  }

  #take(event: ServerSentEvent): void {
    const known = readLabEvent(event);
    if (known === null) return;
    this.model.value = reduceLab(this.model.value, known);
    void this.#findLesson();
  }

  async #findLesson(): Promise<void> {
    const exercise = this.model.value.session?.activeExercise ?? null;
    const lesson = exercise?.split('-')[0];
    if (lesson === undefined || this.lesson.value?.lesson === lesson) return;
    try {
      this.lesson.value = await fetchLesson(lesson);
    } catch {
      // Without its words the exercise shows its id; the next event asks again.
    }
  }
}
