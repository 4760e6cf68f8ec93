import { join } from 'node:path';
import { COHORT_VIEWS } from '../src/class/cohort-view.ts';
import { classWith } from './page/care-class.ts';
import { startClass } from './page/class-pages.ts';
import { ROOT_DIR } from './product/settings.ts';
import { test } from './product/test.ts';

/** For eyes, not for CI: `playwright test --project screens`. */
const REVIEW_DIR = join(ROOT_DIR, 'test-results/screens');
const NAMES = ['김민수', '이서연', 'Alexandra Featherstonehaugh'];
const LOOKS = [
  { language: 'ko', width: 1440, colorScheme: 'light' },
  { language: 'en', width: 820, colorScheme: 'dark' },
  { language: 'ko', width: 390, colorScheme: 'dark' },
  { language: 'en', width: 390, colorScheme: 'light' },
] as const;

test('every view of a class @screens', async ({ browser, startProduct }) => {
  test.setTimeout(240_000);
  const product = await startProduct(startClass());
  const { teacher, cohort, learners } = await classWith(browser, product, NAMES);
  const { page } = teacher;
  await learners[0]?.post('/api/lab-sessions', { lab: 'numbers' });
  await learners[1]?.page.request.post(`${product.origin}/api/me/hand`, {
    data: { exercise: '14.1-deploy', words: '레플리카가 늘지 않아요' },
    headers: { 'x-rollout-lab': '1', origin: product.origin },
  });
  for (const { language, width, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    for (const view of COHORT_VIEWS) {
      await page.goto(`${product.origin}/${language}/class/?cohort=${cohort.id}&view=${view}`);
      await page.locator('.cl-views').waitFor();
      const box = page.getByRole('checkbox').nth(1);
      if (view === 'live' || view === 'people') await box.check({ timeout: 5_000 }).catch(() => {});
      await page.waitForTimeout(700);
      const path = join(REVIEW_DIR, `class-${view}-${language}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true, animations: 'disabled' });
    }
  }
});
