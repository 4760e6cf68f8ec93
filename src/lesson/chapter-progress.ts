import type { Progress } from '../../contract/api.ts';

const TIMEOUT_MS = 8_000;
type LessonState = 'notStarted' | 'inProgress' | 'done';

/** Fills the overview with what this learner has passed. Without a sign-in everything stays "not started". */
export async function chapterProgress(): Promise<void> {
  const rows = [...document.querySelectorAll<HTMLElement>('.chapter li[data-exercises]')];
  if (rows.length === 0) return;
  const progress = await fetchProgress();
  if (!progress) return;
  for (const row of rows) {
    const ids = row.dataset['exercises']?.split(' ').filter(Boolean) ?? [];
    if (ids.length > 0) show(row, lessonState(ids, progress), countPassed(ids, progress));
  }
}

async function fetchProgress(): Promise<Progress['exercises'] | undefined> {
  try {
    const response = await fetch('/api/progress', { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) return undefined;
    const body = (await response.json()) as Partial<Progress>;
    return body.exercises;
  } catch {
    // The overview is of use without progress, so a server that is away is no reason for a message here.
    return undefined;
  }
}

export function countPassed(ids: readonly string[], progress: Progress['exercises']): number {
  return ids.filter((id) => typeof progress[id]?.completedAtMs === 'number').length;
}

export function lessonState(ids: readonly string[], progress: Progress['exercises']): LessonState {
  if (countPassed(ids, progress) === ids.length) return 'done';
  const isTouched = ids.some((id) => progress[id]?.completedAtMs || progress[id]?.attempts);
  return isTouched ? 'inProgress' : 'notStarted';
}

function show(row: HTMLElement, state: LessonState, passed: number): void {
  const badge = row.querySelector<HTMLElement>('.chapter-badge');
  const count = row.querySelector('[data-passed]');
  if (badge) {
    badge.dataset['state'] = state;
    badge.textContent = badge.dataset[state] ?? '';
  }
  if (count) count.textContent = String(passed);
}
