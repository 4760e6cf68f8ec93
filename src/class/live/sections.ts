import type { LiveExercise } from '#contract/class-live.ts';

export interface Section {
  readonly lesson: string;
  readonly exercises: readonly LiveExercise[];
}

/** The exercises by the chapter's sections, in the order of the course. */
export function sectionsOf(exercises: readonly LiveExercise[]): Section[] {
  const lessons = [...new Set(exercises.map(({ lesson }) => lesson))].sort((one, other) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );
  return lessons.map((lesson) => ({
    lesson,
    exercises: exercises.filter((exercise) => exercise.lesson === lesson),
  }));
}
