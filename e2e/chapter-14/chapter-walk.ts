import type { Page } from '@playwright/test';
import type { Language } from '../../contract/language.ts';
import { gotoAlive } from '../page/goto-alive.ts';
import { PageDiary } from '../product/page-diary.ts';
import type { ProductServer } from '../product/product-server.ts';
import { expect, test } from '../product/test.ts';
import type { LessonPlan } from './lesson-plan.ts';
import { LessonWalk } from './lesson-walk.ts';

/** Lessons one after the other in one tab of the browser, led by the pages' own links. */
export async function walkLessons(
  page: Page,
  product: ProductServer,
  language: Language,
  plans: readonly LessonPlan[],
): Promise<void> {
  const diary = new PageDiary(page.context());
  await gotoAlive(page, `${product.origin}/${language}/chapter-14/`);
  await overviewRow(page, plans[0]?.lesson ?? '')
    .getByRole('link')
    .click();
  for (const [index, plan] of plans.entries()) {
    const { lesson } = plan;
    await test.step(`lesson ${lesson}`, async () => {
      const path = new RegExp(`/${language}/chapter-14/${lesson.replace('.', '-')}/`);
      await expect(page).toHaveURL(path);
      await new LessonWalk(page, product.origin, language, plan).learn();
      if (index < plans.length - 1) await page.locator('main a[rel=next]').click();
    });
  }
  expect(diary.complaints.filter((line) => !/NETWORK_CHANGED|ERR_ABORTED/.test(line))).toEqual([]);
}

/** The chapter's overview, reached from the lesson, with every section done. */
export async function expectChapterDone(page: Page, language: Language): Promise<void> {
  await page.locator('.lesson-bar').getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(`/${language}/chapter-14/$`));
  const rows = page.locator('li[data-exercises]');
  await expect(rows).toHaveCount(6);
  for (const row of await rows.all()) {
    await expect(row.locator('.chapter-badge')).toHaveAttribute('data-state', 'done');
  }
}

function overviewRow(page: Page, lesson: string) {
  return page.getByRole('main').getByRole('listitem').filter({ hasText: lesson });
}
