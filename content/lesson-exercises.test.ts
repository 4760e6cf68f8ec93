import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { attribute, frontMatter, pagesIn, ROOT, read, usedComponents } from './testing/pages.ts';

interface Lab {
  readonly id: string;
  readonly exercises: string[];
}
const yaml = (path: string) => parse(readFileSync(join(ROOT, path), 'utf8'));
const labs = globSync('labs/*/lab.yaml', { cwd: ROOT }).map((path) => yaml(path) as Lab);
const folderOf = (id: string): string => {
  const [folder] = globSync(`labs/*/exercises/${id}`, { cwd: ROOT });
  if (folder === undefined) throw new Error(`There is no exercise "${id}".`);
  return folder;
};
const isExtra = (id: string): boolean => yaml(`${folderOf(id)}/exercise.yaml`).extra === true;

const lessons = pagesIn('ko')
  .map((page) => ({ page, source: read('ko', page), ...frontMatter(read('ko', page)) }))
  .filter((page): page is typeof page & { lab: string; lesson: string } => 'lesson' in page)
  .map(({ page, source, lesson }) => ({
    page,
    lesson,
    exercises: usedComponents(source)
      .filter(({ name }) => name === 'Exercise')
      .map((component) => attribute(component, 'id') ?? ''),
  }));

test('every exercise of the course is in one lesson', () => {
  const inLessons = lessons.flatMap(({ exercises }) => exercises);
  expect(new Set(inLessons).size).toBe(inLessons.length);
  const ofCourse = labs.flatMap(({ exercises }) => exercises).filter((id) => !isExtra(id));
  expect(ofCourse.filter((id) => !inLessons.includes(id))).toEqual([]);
});

describe.each(lessons)('$page', ({ lesson, exercises }) => {
  test('names exercises that exist, all of its own section', () => {
    for (const id of exercises) {
      for (const file of ['ko.yaml', 'en.yaml', 'checks.ts']) {
        expect(existsSync(join(ROOT, folderOf(id), file)), `${id}/${file}`).toBe(true);
      }
      expect(yaml(`${folderOf(id)}/exercise.yaml`).lesson).toBe(lesson);
    }
  });

  test('has them in the order of the lab', () => {
    const order = labs.flatMap((lab) => lab.exercises).filter((id) => exercises.includes(id));
    const required = (ids: string[]) => ids.filter((id) => !isExtra(id));
    for (const lab of labs) {
      const here = (ids: string[]) => required(ids).filter((id) => lab.exercises.includes(id));
      expect(here(exercises)).toEqual(here(order));
    }
  });

  test('has the ones beyond the course at its end', () => {
    const firstExtra = exercises.findIndex(isExtra);
    if (firstExtra >= 0) expect(exercises.slice(firstExtra).every(isExtra)).toBe(true);
  });
});
