import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CareEvent, CareProgress, CareRound } from '#contract/class-care.ts';
import { careEventsPath, readCareEvent } from '../../api-client/care-api.ts';
import { EventStream, type StreamState } from '../../api-client/event-stream.ts';
import type { LabProblem } from '../../api-client/lab-problem.ts';

export interface CareRoundsNow {
  /** Newest first; `null`: not known yet. */
  readonly rounds: readonly CareRound[] | null;
  readonly stream: StreamState;
  readonly refused: LabProblem | null;
}

/** The rounds of a cohort, as long as the page is there: also those that somebody else has started. */
export function useCareRounds(cohort: string): CareRoundsNow {
  const rounds = useSignal<readonly CareRound[] | null>(null);
  const stream = useSignal<StreamState>('live');
  const refused = useSignal<LabProblem | null>(null);
  useEffect(() => {
    const source = new EventStream({
      path: careEventsPath(cohort),
      onEvent: (event) => {
        const read = readCareEvent(event);
        if (read !== null) rounds.value = afterEvent(rounds.value ?? [], read);
      },
      onState: (state) => {
        stream.value = state;
      },
      onRefused: (problem) => {
        refused.value = problem;
      },
    });
    const wake = (): void => source.wake();
    window.addEventListener('online', wake);
    return () => {
      window.removeEventListener('online', wake);
      source.close();
    };
  }, [cohort]);
  return { rounds: rounds.value, stream: stream.value, refused: refused.value };
}

/** What is known after an event of what was known before. */
export function afterEvent(rounds: readonly CareRound[], event: CareEvent): readonly CareRound[] {
  switch (event.type) {
    case 'rounds':
      return event.rounds;
    case 'round':
      return [event.round, ...rounds.filter(({ id }) => id !== event.round.id)];
    case 'progress':
      return rounds.map((round) => (round.id === event.id ? afterProgress(round, event) : round));
  }
}

function afterProgress(round: CareRound, { state, endedAtMs, items }: CareProgress): CareRound {
  const changed = new Map(items.map(({ at, ...change }) => [at, change]));
  return {
    ...round,
    state,
    endedAtMs,
    items: round.items.map((item, at) => ({ ...item, ...changed.get(at) })),
  };
}
