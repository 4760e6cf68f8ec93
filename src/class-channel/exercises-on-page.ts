export interface ExerciseOnPage {
  readonly id: string;
  readonly title: string;
  /** The one at hand. */
  readonly isActive: boolean;
}

/** The exercises of the lesson, as the cards in its text name them; none on other pages. */
export function exercisesOnPage(): ExerciseOnPage[] {
  return [...document.querySelectorAll<HTMLElement>('section[data-exercise]')].map((card) => ({
    id: card.dataset['exercise'] ?? '',
    title: card.querySelector('.exercise-title')?.textContent?.trim() ?? '',
    isActive: card.dataset['status'] === 'active',
  }));
}
