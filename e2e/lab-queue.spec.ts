import { join } from 'node:path';
import type { Browser, BrowserContext, Locator } from '@playwright/test';
import { LANGUAGES, type Language } from '../contract/language.ts';
import { LabPage } from './page/lab-page.ts';
import type { ProductServer } from './product/product-server.ts';
import { linkForSecondLearner } from './product/second-learner.ts';
import { ROOT_DIR } from './product/settings.ts';
import { expect, signIn, test } from './product/test.ts';

const ONE_PLACE = { env: { ROLLOUT_LAB_MAX_LABS: '1', ROLLOUT_LAB_WARM: '0' } };

interface Learner extends AsyncDisposable {
  readonly lab: LabPage;
}

async function learnerOf(browser: Browser, product: ProductServer, link: string, language: Language) {
  const context: BrowserContext = await browser.newContext();
  const lab = new LabPage(await context.newPage(), product.origin, language);
  await signIn(lab.page, product, link);
  await lab.open();
  return { lab, [Symbol.asyncDispose]: () => context.close() } satisfies Learner;
}

/** Starts where no place is left. */
async function startWaiting({ lab }: Learner): Promise<Locator> {
  await lab.button(lab.words.start.button).click();
  const card = lab.pane.locator('.lp-card');
  await expect(card.getByRole('heading', { name: lab.words.queue.title })).toBeVisible();
  return card;
}

test('when the machine is full, the next learner waits with a position and gets in by itself', async ({
  browser,
  startProduct,
}) => {
  const product = await startProduct(ONE_PLACE);
  await using first = await learnerOf(browser, product, product.launchLink, 'ko');
  await first.lab.start();
  await using second = await learnerOf(browser, product, linkForSecondLearner(product), 'ko');
  await using third = await learnerOf(browser, product, linkForSecondLearner(product), 'en');
  const card = await startWaiting(second);
  const behind = await startWaiting(third);
  const { queue } = second.lab.words;
  await expect(card).toContainText(queue.lacks.places(1));
  await expect(card).toContainText(queue.position(1, 2));
  await expect(card).toContainText(queue.comesFree(queue.span(24 * 3_600_000)));
  await expect(behind).toContainText(third.lab.words.queue.position(2, 2));
  await expect(second.lab.pane.locator('.lp-status')).toContainText(second.lab.words.status.waiting);

  // A reset keeps its place, whoever waits.
  await first.lab.reset();
  await expect.poll(async () => (await first.lab.session())?.generation).toBe(2);
  await first.lab.terminal.expectPrompt(60_000);
  await expect(card).toContainText(queue.position(1, 2));

  await first.lab.closeLab();
  await second.lab.terminal.expectPrompt(60_000);
  expect(await second.lab.terminal.run('docker info --format "{{.Swarm.LocalNodeState}}"')).toBe('inactive');
  await expect(behind).toContainText(third.lab.words.queue.position(1, 1));
});

test('leaving the queue leads back to the start, and a place comes back over a crash', async ({
  browser,
  startProduct,
}) => {
  const product = await startProduct(ONE_PLACE);
  await using first = await learnerOf(browser, product, product.launchLink, 'en');
  await first.lab.start();
  await using second = await learnerOf(browser, product, linkForSecondLearner(product), 'en');
  const { words } = second.lab;
  await startWaiting(second);
  await second.lab.button(words.queue.leave).click();
  await expect(second.lab.button(words.start.button)).toBeVisible();
  expect(await second.lab.session()).toBeUndefined();

  const card = await startWaiting(second);
  const before = await second.lab.session();
  await product.kill();
  await product.startAgain();
  await expect.poll(async () => (await second.lab.session())?.id, { timeout: 30_000 }).toBe(before?.id);
  await expect(card).toContainText(words.queue.position(1, 1), { timeout: 30_000 });
  await first.lab.closeLab();
  await second.lab.terminal.expectPrompt(60_000);
});

test('a lab that the server closed says so on the next visit', async ({ browser, startProduct }) => {
  const product = await startProduct(ONE_PLACE);
  await using first = await learnerOf(browser, product, product.launchLink, 'ko');
  const { lab } = first;
  await lab.start();
  await lab.page.goto('about:blank');
  await product.stop();
  await product.startAgain();
  await lab.open();
  const { queue, start } = lab.words;
  await expect(lab.pane.locator('.lp-card')).toContainText(queue.reasons.serverStopped);
  await lab.button(start.startAgain).click();
  await lab.terminal.expectPrompt(60_000);
});

test('the waiting card for eyes @screens', async ({ browser, startProduct }) => {
  test.setTimeout(180_000);
  const product = await startProduct(ONE_PLACE);
  await using first = await learnerOf(browser, product, product.launchLink, 'ko');
  await first.lab.start();
  for (const language of LANGUAGES) {
    await using second = await learnerOf(browser, product, linkForSecondLearner(product), language);
    await startWaiting(second);
    const { page } = second.lab;
    for (const width of [1440, 1280, 390]) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      if (width === 390)
        await page.getByRole('button', { name: language === 'ko' ? '실습' : 'Lab', exact: true }).click();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const path = join(ROOT_DIR, `test-results/screens/${language}-queue-${width}-${colorScheme}.png`);
        await page.screenshot({ path });
      }
    }
  }
});
