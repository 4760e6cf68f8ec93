import { describe, expect, test } from 'vitest';
import { CatalogLesson } from '#contract/api.ts';
import { LANGUAGES } from '#contract/language.ts';
import { courseCatalog } from '../testing/recordings.ts';
import { hintsOf, lessonView } from './lesson-view.ts';

const catalog = await courseCatalog();

test('the course has the exercises of its sections, in order', () => {
  const ids = catalog.exercises().map((exercise) => exercise.id);
  expect(ids.slice(0, 3)).toEqual(['14.1-deploy', '14.1-health', '14.1-inspect']);
});

test('an exercise starts where the ones before it end', () => {
  const scripts = catalog.scriptsToStart('14.1-inspect');
  expect(scripts.map(({ exercise, leadsTo }) => [exercise, leadsTo])).toEqual([
    ['14.1-deploy', '14.1-health'],
    ['14.1-health', '14.1-inspect'],
  ]);
});

test('every start can say its differences in both languages', () => {
  for (const exercise of catalog.exercises()) {
    const messages = exercise.startChecks.flatMap((check) => check.messages);
    for (const language of LANGUAGES) {
      expect(Object.keys(exercise.texts[language].messages)).toEqual(expect.arrayContaining(messages));
    }
  }
});

test('a lesson as the API tells it fits the contract, and gives no answer away', () => {
  const lesson = lessonView(catalog, '14.1');
  expect(CatalogLesson.parse(lesson)).toEqual(lesson);
  expect(JSON.stringify(lesson)).not.toContain('evaluate');
  expect(lessonView(catalog, '99.9')).toBeNull();
});

test('hints come in both languages', () => {
  const exercise = catalog.exercise('14.1-deploy');
  expect(exercise && hintsOf(exercise)).toHaveLength(3);
});

describe.each(catalog.exercises())('the texts of $id', ({ texts, checks }) => {
  const reasons = new Set(checks.flatMap((check) => (check.kind === 'question' ? check.messages : [])));
  const { messages: own, forbids } = texts.ko;
  const messages = Object.entries({ ...own, ...(forbids === undefined ? {} : { forbids }) });

  test.each(messages)('%s: no particle is left open, and the voice is 해요체', (_id, message) => {
    expect(message).not.toMatch(/[을를이가은는와과]\([을를이가은는와과]\)|\(으\)로/);
    expect(message).toMatch(/요\)?(?:\([^)]*\))?[.?]?$/);
  });

  test.each(LANGUAGES)(
    'no message of %s is long: two sentences, the reason of an answer three',
    (language) => {
      for (const [id, message] of Object.entries(texts[language].messages)) {
        const plain = message.replace(/`[^`]*`/g, 'code').replace(/\([^)]*\)/g, '');
        const sentences = plain.split(/[.?!](?:\s|$)/).filter((part) => part.trim() !== '').length;
        expect(sentences, `${id}: ${message}`).toBeLessThanOrEqual(reasons.has(id) ? 3 : 2);
      }
    },
  );

  test('backticks come in pairs', () => {
    for (const language of LANGUAGES) {
      const all = [
        texts[language].goal,
        ...texts[language].hints,
        ...Object.values(texts[language].messages),
      ];
      for (const text of all) expect(text.split('`').length % 2, text).toBe(1);
    }
  });
});
