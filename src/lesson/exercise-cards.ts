import { askPane, EXERCISE_EVENT, PROGRESS_EVENT, type ProgressDetail } from './pane-events.ts';

/** Exercise cards show what the lab pane says about their exercise, and lead to it. */
export function exerciseCards(): void {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-exercise]')];
  for (const card of cards) {
    card.querySelector('button')?.addEventListener('click', () => open(card));
  }
  window.addEventListener(PROGRESS_EVENT, (event) => {
    const { exercises } = (event as CustomEvent<ProgressDetail>).detail;
    for (const card of cards) {
      const status = exercises[card.dataset['exercise'] ?? ''];
      if (status !== undefined && status !== card.dataset['status']) show(card, status);
    }
  });
}

function show(card: HTMLElement, status: 'todo' | 'active' | 'passed'): void {
  card.dataset['status'] = status;
  const badge = card.querySelector<HTMLElement>('.exercise-status');
  if (badge) badge.textContent = badge.dataset[status] ?? '';
}

function open(card: HTMLElement): void {
  const note = card.querySelector<HTMLElement>('.exercise-note');
  const isAnswered = askPane(EXERCISE_EVENT, { id: card.dataset['exercise'] ?? '' });
  if (note) note.textContent = isAnswered ? '' : (note.dataset['noLab'] ?? '');
}
