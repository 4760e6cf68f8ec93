import { parse } from 'yaml';
import type { Language } from '../../contract/language.ts';

export interface ExerciseHeading {
  readonly title: string;
  readonly goal: string;
}

const files = import.meta.glob<string>('/labs/*/exercises/*/{ko,en}.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const definitions = import.meta.glob<string>('/labs/*/exercises/*/exercise.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/**
 * Title and goal of an exercise, from the same file that the grader's messages come from.
 * @throws {Error} when the exercise has no text in this language: a page must not go out half translated.
 */
export function exerciseHeading(id: string, language: Language): ExerciseHeading {
  const path = Object.keys(files).find((file) => file.endsWith(`/exercises/${id}/${language}.yaml`));
  const text = path === undefined ? undefined : (parse(files[path] ?? '') as Partial<ExerciseHeading> | null);
  if (text?.title && text.goal) return { title: text.title, goal: text.goal };
  const problem = `labs/*/exercises/${id}/${language}.yaml ${path === undefined ? 'does not exist' : 'needs title and goal'}`;
  if (import.meta.env.DEV) return { title: id, goal: problem };
  throw new Error(`Exercise "${id}" is on a page, but ${problem}.`);
}

/** Exercises of a section that count for its completion, in no order: `14.1` finds `14.1-deploy` … */
export function exercisesOfLesson(lesson: string): string[] {
  return Object.keys(definitions)
    .map((file) => file.split('/').at(-2) ?? '')
    .filter((id) => id.startsWith(`${lesson}-`) && !isExtra(id));
}

/** Whether an exercise goes beyond the course. */
export function isExtra(id: string): boolean {
  const path = Object.keys(definitions).find((file) => file.endsWith(`/exercises/${id}/exercise.yaml`));
  const definition =
    path === undefined ? null : (parse(definitions[path] ?? '') as { extra?: boolean } | null);
  return definition?.extra === true;
}
