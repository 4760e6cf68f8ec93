import type { BrowserContext, Page } from '@playwright/test';
import type { Language } from '../../contract/language.ts';
import { followAlive, gotoAlive } from '../page/goto-alive.ts';
import { PageDiary } from '../product/page-diary.ts';
import type { ProductServer } from '../product/product-server.ts';
import { expect, signIn, test } from '../product/test.ts';
import { LESSON_14_1 } from './lesson-14-1.ts';
import { LESSON_14_2 } from './lesson-14-2.ts';
import { LESSON_14_3 } from './lesson-14-3.ts';
import { LESSON_14_4 } from './lesson-14-4.ts';
import { LESSON_14_5 } from './lesson-14-5.ts';
import { LESSON_14_6 } from './lesson-14-6.ts';
import type { LessonPlan } from './lesson-plan.ts';
import { LessonWalk } from './lesson-walk.ts';

/** One swarm goes from 14.1 to 14.3. The sections after them have labs of their own, so they are learned beside. */
const TRACKS = [
  [LESSON_14_1, LESSON_14_2, LESSON_14_3],
  [LESSON_14_4, LESSON_14_5, LESSON_14_6],
];

/** All six sections in one language: signed in once, a window for each track. */
export async function learnChapter(page: Page, product: ProductServer, language: Language): Promise<void> {
  await signIn(page, product);
  await using beside = await windowBeside(page, language);
  const windows = [page, await beside.newPage()];
  const diaries = windows.map((window) => new PageDiary(window.context()));
  const ended = await Promise.allSettled(
    TRACKS.map((plans, index) => walkLessons(windows[index] ?? page, product, language, plans)),
  );
  for (const track of ended) if (track.status === 'rejected') throw track.reason;
  await expectChapterDone(page, language);
  const complaints = diaries.flatMap((diary) => diary.complaints);
  expect(complaints.filter((line) => !/NETWORK_CHANGED|ERR_ABORTED/.test(line))).toEqual([]);
}

/** Section 14.1 alone: quick enough for every run of the tests. */
export async function learnFirstSection(
  page: Page,
  product: ProductServer,
  language: Language,
): Promise<void> {
  await signIn(page, product);
  const diary = new PageDiary(page.context());
  await walkLessons(page, product, language, [LESSON_14_1]);
  expect(diary.complaints.filter((line) => !/NETWORK_CHANGED|ERR_ABORTED/.test(line))).toEqual([]);
}

/** A second window of the same learner. Not a tab: Chromium slows down the one that is not in front. */
async function windowBeside(page: Page, language: Language): Promise<BrowserContext> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser');
  const storageState = await page.context().storageState();
  return browser.newContext({ storageState, locale: language, viewport: page.viewportSize() });
}

/** Lessons one after the other, from the overview and by the pages' own links. */
async function walkLessons(
  page: Page,
  product: ProductServer,
  language: Language,
  plans: readonly LessonPlan[],
): Promise<void> {
  await gotoAlive(page, `${product.origin}/${language}/chapter-14/`);
  const row = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: plans[0]?.lesson ?? '' });
  let link = row.getByRole('link');
  for (const plan of plans) {
    const address = new RegExp(`/${language}/chapter-14/${plan.lesson.replace('.', '-')}/`);
    await test.step(`lesson ${plan.lesson}`, async () => {
      await followAlive(page, link, address);
      await new LessonWalk(page, product.origin, language, plan).learn();
    });
    link = page.locator('main a[rel=next]');
  }
}

/** The chapter's overview, reached from the lesson, with every section done. */
async function expectChapterDone(page: Page, language: Language): Promise<void> {
  const link = page.locator('.lesson-bar').getByRole('link').first();
  await followAlive(page, link, new RegExp(`/${language}/chapter-14/$`));
  const badges = page.locator('li[data-exercises] .chapter-badge');
  await expect(badges).toHaveCount(6);
  for (const badge of await badges.all()) await expect(badge).toHaveAttribute('data-state', 'done');
}
