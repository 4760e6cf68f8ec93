import { effect } from '@preact/signals';
import {
  EXERCISE_EVENT,
  type ExerciseDetail,
  PROGRESS_EVENT,
  type ProgressDetail,
  RUN_EVENT,
  type RunDetail,
} from '../lesson/pane-events.ts';
import type { PaneParts } from './pane-parts.ts';

/** Out of sight for this long, a page lets go of the lab: otherwise a forgotten tab would keep it awake for ever. */
const REST_AFTER_MS = 10 * 60_000;

/** What the pane hears from the page around it, and what it tells. Returns the end of it. */
export function linkToPage({ lab, exercises, deck, settings }: Omit<PaneParts, 'texts'>): () => void {
  const gone = new AbortController();
  const listen = { signal: gone.signal };

  window.addEventListener(
    RUN_EVENT,
    (event) => {
      const { detail } = event as CustomEvent<RunDetail>;
      event.preventDefault();
      void deck.run(detail.text);
    },
    listen,
  );
  window.addEventListener(
    EXERCISE_EVENT,
    (event) => {
      const { detail } = event as CustomEvent<ExerciseDetail>;
      if (!exercises.choose(detail.id)) return;
      event.preventDefault();
      settings.exerciseOpen.value = true;
    },
    listen,
  );
  let told = '{}';
  const stopTelling = effect(() => {
    const detail: ProgressDetail = { exercises: exercises.states.value };
    const news = JSON.stringify(detail.exercises);
    if (news === told) return;
    told = news;
    window.dispatchEvent(new CustomEvent(PROGRESS_EVENT, { detail }));
  });

  let restTimer: ReturnType<typeof setTimeout> | undefined;
  const wake = () => lab.wake();
  const rest = () => {
    // Whoever waits for room would lose the place in the queue.
    if (lab.isWaiting.value) {
      restTimer = setTimeout(rest, REST_AFTER_MS);
      return;
    }
    lab.rest();
    deck.rest();
  };
  const onVisibility = () => {
    clearTimeout(restTimer);
    if (!document.hidden) return wake();
    restTimer = setTimeout(rest, REST_AFTER_MS);
  };
  document.addEventListener('visibilitychange', onVisibility, listen);
  window.addEventListener('online', wake, listen);
  // A page from the back/forward cache has lost its connections.
  window.addEventListener('pageshow', (event) => event.persisted && wake(), listen);

  return () => {
    gone.abort();
    clearTimeout(restTimer);
    stopTelling();
  };
}
