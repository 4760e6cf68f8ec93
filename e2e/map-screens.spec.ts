import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Language } from '../contract/language.ts';
import { LabPage } from './page/lab-page.ts';
import { MapOnPage } from './page/map-on-page.ts';
import { preparedLab, switchPower } from './page/prepared-lab.ts';
import { poll } from './product/poll.ts';
import type { ProductServer } from './product/product-server.ts';
import { ROOT_DIR } from './product/settings.ts';
import { type SwarmTruth, swarmTruth } from './product/swarm-truth.ts';
import { expect, test } from './product/test.ts';

/** For eyes, not for CI: `playwright test --project screens`. */
const REVIEW_DIR = join(ROOT_DIR, 'test-results/screens');
const API = 'numbers_numbers-api';
/** Every page more makes the pictures later, and the swarm does not wait. */
const LOOKS = [
  { language: 'ko', width: 1440 },
  { language: 'en', width: 390 },
] as const;
const THEMES = ['light', 'dark'] as const;
const MOMENT_WITHIN_MS = 90_000;

interface Look {
  readonly name: string;
  readonly page: Page;
}

test.describe('the map, in both themes, wide in one language and narrow in the other', () => {
  test('a rollout, a failure and a rollback @screens', async ({ page, browser, startProduct }) => {
    test.setTimeout(400_000);
    const product = await startProduct();
    const made = await preparedLab(page, product, { lesson: '14.3', exercise: '14.3-auto-rollback' });
    const { lab, engines } = made;
    const looks = await openLooks(browser, product, page.context(), '14.3');
    await lab.terminal.run('cd ch14/exercises');
    const files = ['docker-compose', 'prod', 'prod-healthcheck', 'prod-update-config', 'v5-bad'];
    await lab.terminal.run(
      `docker stack config ${files.map((file) => `-c numbers/${file}.yml`).join(' ')} > stack.yml`,
    );
    const when = (what: string, isIt: (truth: SwarmTruth) => boolean) =>
      poll(what, async () => isIt(await swarmTruth(engines, 'node1')), MOMENT_WITHIN_MS);
    await takeAll(looks, 'rest');
    await lab.terminal.enter('docker stack deploy -c stack.yml numbers');
    await when(
      'new beside old',
      ({ alive }) => alive.filter((task) => / v5 starting /.test(task)).length >= 3,
    );
    await takeAll(looks, 'rollout');
    await when(
      'a failure',
      ({ failed, updates }) => failed.length > 0 || /^rollback/.test(updates[API] ?? ''),
    );
    await takeAll(looks, 'failure');
    await when('rolled back', ({ updates }) => updates[API] === 'rollback_completed');
    for (const { page: each } of looks)
      await each
        .locator('button.lp-tile[data-phase="failed"]')
        .first()
        .click({ timeout: 2_000 })
        .catch(() => {});
    await takeAll(looks, 'rollback');
  });

  test('a lost quorum @screens', async ({ page, browser, startProduct }) => {
    test.setTimeout(400_000);
    const product = await startProduct();
    const made = await preparedLab(page, product, { lesson: '14.5', exercise: '14.5-quorum' });
    const looks = await openLooks(browser, product, page.context(), '14.5');
    await takeAll(looks, 'managers');
    await switchPower(made, 'node3', false);
    await poll(
      'one is down',
      async () => (await swarmTruth(made.engines, 'node1')).nodes.some((node) => / down$/.test(node)),
      MOMENT_WITHIN_MS,
    );
    await takeAll(looks, 'one-down');
    await switchPower(made, 'node2', false);
    const [first] = looks;
    await expect(first?.page.locator('.lp-stale') ?? page.locator('.lp-stale')).toBeVisible({
      timeout: 60_000,
    });
    await takeAll(looks, 'no-quorum');
  });

  test('a lab before its swarm @screens', async ({ page, browser, startProduct }) => {
    test.setTimeout(300_000);
    const product = await startProduct();
    const made = await preparedLab(page, product, { lesson: '14.4', exercise: '14.4-form-swarm' });
    const looks = await openLooks(browser, product, page.context(), '14.4');
    await takeAll(looks, 'no-swarm');
    await made.lab.terminal.run('docker swarm init --advertise-addr "$(hostname -i)" >/dev/null');
    await takeAll(looks, 'one-member');
  });
});

/** A page for each look at the same lab, all showing the map, signed in as the learner. */
async function openLooks(
  browser: Browser,
  product: ProductServer,
  learner: BrowserContext,
  lesson: string,
): Promise<Look[]> {
  await mkdir(REVIEW_DIR, { recursive: true });
  const storageState = await learner.storageState();
  const looks: Look[] = [];
  for (const { language, width } of LOOKS) {
    const viewport = { width, height: width === 390 ? 844 : 900 };
    const context = await browser.newContext({ storageState, viewport, hasTouch: width === 390 });
    looks.push({
      name: `${language}-map-${width}`,
      page: await openMap(context, product, language, lesson, width),
    });
  }
  return looks;
}

async function openMap(
  context: BrowserContext,
  product: ProductServer,
  language: Language,
  lesson: string,
  width: number,
): Promise<Page> {
  const page = await context.newPage();
  const lab = new LabPage(page, product.origin, language, lesson);
  // On a phone the text comes first: the map is opened where both have room.
  const size = page.viewportSize() ?? { width, height: 900 };
  await page.setViewportSize({ width: 1440, height: size.height });
  await lab.open();
  await new MapOnPage(lab).show();
  await page.setViewportSize(size);
  if (width === 390)
    await page.getByRole('button', { name: language === 'ko' ? '실습' : 'Lab', exact: true }).click();
  return page;
}

/** Both themes of every look, as they are when nothing moves any more; the pages side by side: the swarm does not wait. */
async function takeAll(looks: readonly Look[], moment: string): Promise<void> {
  await Promise.all(
    looks.map(async ({ name, page }) => {
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({
          path: join(REVIEW_DIR, `${name}-${moment}-${colorScheme}.png`),
          animations: 'disabled',
        });
      }
    }),
  );
}
