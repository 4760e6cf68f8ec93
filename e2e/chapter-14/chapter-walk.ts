import type { Page } from '@playwright/test';
import type { Language } from '../../contract/language.ts';
import { gotoAlive } from '../page/goto-alive.ts';
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

/** All six sections in one language: signed in once, a tab of the browser for each track. */
export async function learnChapter(page: Page, product: ProductServer, language: Language): Promise<void> {
  const diary = new PageDiary(page.context());
  await signIn(page, product);
  const ended = await Promise.allSettled(
    TRACKS.map(async (plans, index) => {
      const tab = index === 0 ? page : await page.context().newPage();
      await walkLessons(tab, product, language, plans);
    }),
  );
  for (const track of ended) if (track.status === 'rejected') throw track.reason;
  await expectChapterDone(page, language);
  expect(diary.complaints.filter((line) => !/NETWORK_CHANGED|ERR_ABORTED/.test(line))).toEqual([]);
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
  await row.getByRole('link').click();
  for (const [index, plan] of plans.entries()) {
    const { lesson } = plan;
    await test.step(`lesson ${lesson}`, async () => {
      await expect(page).toHaveURL(new RegExp(`/${language}/chapter-14/${lesson.replace('.', '-')}/`));
      await new LessonWalk(page, product.origin, language, plan).learn();
      if (index < plans.length - 1) await page.locator('main a[rel=next]').click();
    });
  }
}

/** The chapter's overview, reached from the lesson, with every section done. */
async function expectChapterDone(page: Page, language: Language): Promise<void> {
  await page.locator('.lesson-bar').getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(`/${language}/chapter-14/$`));
  const badges = page.locator('li[data-exercises] .chapter-badge');
  await expect(badges).toHaveCount(6);
  for (const badge of await badges.all()) await expect(badge).toHaveAttribute('data-state', 'done');
}
