import type { Browser, Page } from '@playwright/test';
import { LANGUAGES } from '../contract/language.ts';
import { gotoAlive } from './page/goto-alive.ts';
import { LabPage } from './page/lab-page.ts';
import { PageLoad } from './product/page-load.ts';
import type { ProductServer } from './product/product-server.ts';
import { expect, signIn, test } from './product/test.ts';

/**
 * What a page may weigh: scripts and styles by gzip, fonts as they are, in kB. What is there now and a little more; a
 * change that goes beyond should know why. Where the rest could go is in docs/benchmarks.md.
 */
const BUDGET = { lesson: 103, withTerminal: 205, instructor: 110, fonts: 500 };
const LARGEST_SHIFT = 0.02;

/** Of a learner who has no lab yet, with nothing in the browser's cache. */
async function freshPage(browser: Browser, product: ProductServer): Promise<Page> {
  await using before = await browser.newContext();
  await signIn(await before.newPage(), product);
  return (await browser.newContext({ storageState: await before.storageState() })).newPage();
}

for (const language of LANGUAGES) {
  test(`a lesson in ${language} stays within its weight, compressed on the way, and nothing jumps`, async ({
    browser,
    startProduct,
  }) => {
    const product = await startProduct();
    const learner = await freshPage(browser, product);
    const load = await PageLoad.watch(learner);
    const page = new LabPage(learner, product.origin, language);
    await page.open();
    await expect(page.button(page.words.start.button)).toBeVisible();
    expect(await load.weight()).toBeLessThan(BUDGET.lesson);
    const { wire, unpacked } = await load.transferred();
    expect(wire).toBeLessThan(unpacked / 3);
    expect((await load.vitals()).layoutShift).toBeLessThan(LARGEST_SHIFT);
  });
}

test('the terminal brings its own weight when it opens, the text stays where it is', async ({
  browser,
  startProduct,
}) => {
  const product = await startProduct();
  const learner = await freshPage(browser, product);
  const load = await PageLoad.watch(learner);
  const page = new LabPage(learner, product.origin, 'ko');
  await page.open();
  await page.start();
  expect(await load.weight()).toBeLessThan(BUDGET.withTerminal);
  expect(await load.fonts()).toBeLessThan(BUDGET.fonts);
  expect((await load.vitals()).layoutShift).toBeLessThan(LARGEST_SHIFT);
  // Views bring their styles with them.
  await page.pane.getByRole('tab', { name: page.words.views.map, exact: true }).click();
  await expect(page.pane.locator('.lp-map')).toBeVisible();
  await expect(learner.locator('head link[rel="stylesheet"][href*="/map."]')).toHaveCount(1);
});

test('the instructors’ page stays within its weight', async ({ learner, product }) => {
  const load = await PageLoad.watch(learner);
  await gotoAlive(learner, `${product.origin}/ko/class/`);
  expect(await load.weight()).toBeLessThan(BUDGET.instructor);
});
