import type { Page } from '@playwright/test';

export interface LessonCommand {
  readonly kind: 'command';
  /** Position among the commands of the page. */
  readonly index: number;
  readonly command: string;
  /** What the lesson shows right below it as printed; `null` without. */
  readonly output: string | null;
}

/** What a lesson asks of its learner, in the order of the page. */
type LessonPart = LessonCommand | { readonly kind: 'exercise'; readonly id: string };

/** Commands and exercises as the page has them: whatever authors change is walked through as it then stands. */
export async function lessonParts(page: Page): Promise<LessonPart[]> {
  return page.locator('main :is(.run[data-command], [data-exercise])').evaluateAll((elements) => {
    let commands = 0;
    return elements.map((element): LessonPart => {
      const { exercise, command = '' } = (element as HTMLElement).dataset;
      if (exercise !== undefined) return { kind: 'exercise', id: exercise };
      const below = element.nextElementSibling;
      const output = below?.classList.contains('output') ? (below.textContent ?? '') : null;
      return { kind: 'command', index: commands++, command, output };
    });
  });
}
