import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { EN } from '../src/lab-pane/app/texts-en.ts';
import { LabPage } from './page/lab-page.ts';
import { MapOnPage } from './page/map-on-page.ts';
import { preparedLab } from './page/prepared-lab.ts';
import { linkForSecondLearner } from './product/second-learner.ts';
import { ROOT_DIR } from './product/settings.ts';
import { expect, signIn, test } from './product/test.ts';

/** For eyes, not for CI: `playwright test --project screens`. */
const REVIEW_DIR = join(ROOT_DIR, 'test-results/screens');
const DESKTOP = { width: 1440, height: 900 };
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;

/** Where both columns have room, and on a phone, in both themes. */
async function takeAll(page: Page, name: string, toLab: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    if (size.width === 390) await page.getByRole('button', { name: toLab, exact: true }).click();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const path = join(REVIEW_DIR, `${name}-${size.width}-${colorScheme}.png`);
      await page.screenshot({ path, animations: 'disabled' });
    }
  }
  await page.setViewportSize(DESKTOP);
}

test('the application beside the text, and the menus of the power switches @screens', async ({
  page,
  startProduct,
}) => {
  test.setTimeout(400_000);
  const product = await startProduct();
  const { lab } = await preparedLab(page, product, {
    lesson: '14.5',
    exercise: '14.5-quorum',
    language: 'en',
  });
  await lab.pane.getByRole('tab', { name: lab.words.views.app, exact: true }).click();
  await expect(lab.pane.getByRole('button', { name: /^Open node1:80/ })).toBeVisible({ timeout: 60_000 });
  await takeAll(page, 'app-ports', 'Lab');
  await lab.pane.getByRole('button', { name: /^Open node1:80/ }).click();
  await expect(lab.pane.frameLocator('iframe').getByRole('heading').first()).toBeVisible();
  await takeAll(page, 'app-shown', 'Lab');
  await lab.pane.getByRole('button', { name: EN.back }).click();

  await new MapOnPage(lab).show();
  const first = lab.pane.locator('.lp-place').first();
  await first.getByRole('button', { name: lab.words.power.switches('node1') }).click();
  await takeAll(page, 'power-in-map', 'Lab');
  await page.keyboard.press('Escape');
  await lab.pane.locator('.lp-tool-power').first().click();
  await takeAll(page, 'power-in-bar', 'Lab');
});

test('the card of somebody who waits for room @screens', async ({ browser, startProduct }) => {
  test.setTimeout(200_000);
  const product = await startProduct({ env: { ROLLOUT_LAB_MAX_LABS: '1', ROLLOUT_LAB_WARM: '0' } });
  for (const [language, link] of [
    ['ko', product.launchLink],
    ['ko', linkForSecondLearner(product)],
    ['en', linkForSecondLearner(product)],
  ] as const) {
    const page = await (await browser.newContext({ viewport: DESKTOP })).newPage();
    const lab = new LabPage(page, product.origin, language);
    await signIn(page, product, link);
    await lab.open();
    if (link === product.launchLink) await lab.start();
    else {
      await lab.button(lab.words.start.button).click();
      await expect(lab.pane.getByRole('heading', { name: lab.words.queue.title })).toBeVisible();
      await takeAll(page, `queue-${language}`, language === 'ko' ? '실습' : 'Lab');
    }
  }
});
