import { batch, signal } from '@preact/signals';
import { type ClassLiveEvent, LiveChanges, LiveClass, LiveLearners } from '#contract/class-live.ts';
import type { ServerSentEvent } from '../../api-client/event-parser.ts';
import { EventStream, type StreamState } from '../../api-client/event-stream.ts';
import { LabProblem } from '../../api-client/lab-problem.ts';
import { NO_CLASS, reduceLive } from './live-state.ts';

/** The class as the server tells of it, live. Whoever opens it closes it. */
export class LiveLink {
  readonly state = signal(NO_CLASS);
  readonly connection = signal<'connecting' | StreamState>('connecting');
  /** The server refused for good. */
  readonly problem = signal<LabProblem | null>(null);
  readonly #stream: EventStream;

  constructor(cohort: string) {
    this.#stream = new EventStream({
      path: `/api/cohorts/${encodeURIComponent(cohort)}/live`,
      onEvent: (event) => this.#hear(event),
      onState: (state) => {
        this.connection.value = state;
      },
      onRefused: (problem) => {
        this.problem.value = problem;
      },
    });
  }

  wake(): void {
    this.#stream.wake();
  }

  close(): void {
    this.#stream.close();
  }

  #hear(event: ServerSentEvent): void {
    const known = readLiveEvent(event);
    if (known === null) return;
    batch(() => {
      this.state.value = reduceLive(this.state.peek(), known, Date.now());
    });
  }
}

/**
 * @returns `null` for events that this page does not know (a newer server may send them).
 * @throws {LabProblem} ANSWER_UNREADABLE when a known event has another shape
 */
export function readLiveEvent({ name, data }: ServerSentEvent): ClassLiveEvent | null {
  try {
    if (name === 'class') return { type: name, ...LiveClass.parse(JSON.parse(data)) };
    if (name === 'learners') return { type: name, ...LiveLearners.parse(JSON.parse(data)) };
    if (name === 'changes') return { type: name, ...LiveChanges.parse(JSON.parse(data)) } as ClassLiveEvent;
    return null;
  } catch (cause) {
    throw new LabProblem('ANSWER_UNREADABLE', {}, cause);
  }
}
