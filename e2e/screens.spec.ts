import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { LANGUAGES, type Language } from '../contract/language.ts';
import { exerciseTexts } from './page/exercise-texts.ts';
import { gotoAlive } from './page/goto-alive.ts';
import { LabPage } from './page/lab-page.ts';
import type { ProductServer } from './product/product-server.ts';
import { ROOT_DIR } from './product/settings.ts';
import { expect, signIn, test } from './product/test.ts';

/** For eyes, not for CI: `playwright test --project screens`. */
const REVIEW_DIR = join(ROOT_DIR, 'test-results/screens');
const README_DIR = join(ROOT_DIR, 'docs/images');
const README_LIMIT_BYTES = 300_000;
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

for (const language of LANGUAGES) {
  test(`the README's picture and every state of the lab in ${language} @screens`, async ({
    page,
    startProduct,
  }) => {
    test.setTimeout(240_000);
    const product = await startProduct();
    const lab = new LabPage(page, product.origin, language);
    const { terminal, words } = lab;
    const take = (name: string) => page.screenshot({ path: join(REVIEW_DIR, `${language}-lab-${name}.png`) });
    await page.emulateMedia({ colorScheme: 'light' });

    await lab.open();
    await take('signed-out');
    await signIn(page, product);
    await lab.open();
    await expect(lab.button(words.start.button)).toBeVisible();
    await take('start');
    await lab.start();
    await take('fresh');
    await lab.button(words.tools.more).click();
    await take('menu');
    await page.keyboard.press('Escape');
    await lab.button(words.tools.reset).click();
    await take('reset');
    await page.keyboard.press('Escape');

    await terminal.run('cd ch14/exercises');
    await terminal.run('docker swarm init >/dev/null');
    await terminal.run('docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml > stack.yml');
    await terminal.run('docker stack deploy -c stack.yml numbers', 40_000);
    const { checks } = await exerciseTexts('14.1-deploy', language);
    for (const title of Object.values(checks)) await lab.expectMet(title);
    await terminal.run('clear');
    await terminal.run('docker stack services numbers');
    await terminal.run('docker stack ps --format "table {{.Name}}\\t{{.Image}}\\t{{.CurrentState}}" numbers');
    await page
      .locator('[data-exercise="14.1-deploy"]')
      .evaluate((card) => card.scrollIntoView({ behavior: 'instant' }));
    await page.mouse.move(0, 0);
    await takeForReadme(page, language);

    await lab.exercise.getByRole('button', { name: words.help.hint(0, 3) }).click();
    await expect(lab.exercise.getByText(words.help.hintNumber(1))).toBeVisible();
    await lab.exercise.getByRole('button', { name: words.help.solution }).click();
    await lab.dialog.getByRole('button', { name: words.help.solutionConfirm }).click();
    await lab.exercise.getByRole('button', { name: words.help.hideSolution }).scrollIntoViewIfNeeded();
    await take('help');
    await terminal.enter('sleep 60');
    await lab.runButton('ls numbers').click();
    await expect(lab.pane.getByRole('alert')).toBeVisible();
    await take('busy');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.keyboard.press('Control+c');
    await take('dark');
    await lab.chooseFromMenu(words.tools.close);
    await lab.dialog.getByRole('button', { name: words.close.confirm, exact: true }).click();
    await expect(lab.pane.getByRole('heading', { name: words.start.closedTitle })).toBeVisible();
    await take('closed');
  });
}

test('every page, in both languages and themes, wide and narrow @screens', async ({ browser, product }) => {
  test.setTimeout(180_000);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of [DESKTOP, PHONE]) await takePages(browser, product, { colorScheme, viewport });
  }
});

async function takePages(
  browser: Browser,
  product: ProductServer,
  look: { colorScheme: 'light' | 'dark'; viewport: { width: number; height: number } },
): Promise<void> {
  await using context = await browser.newContext(look);
  const page = await context.newPage();
  for (const language of LANGUAGES) {
    for (const path of ['', 'chapter-14/', 'chapter-14/14-1/', 'glossary/']) {
      await gotoAlive(page, `${product.origin}/${language}/${path}`);
      const name = `${language}-${path.replaceAll('/', '_') || 'home_'}${look.colorScheme}-${look.viewport.width}`;
      await page.screenshot({ path: join(REVIEW_DIR, `${name}.png`), fullPage: true });
    }
  }
}

async function takeForReadme(page: Page, language: Language): Promise<void> {
  await mkdir(README_DIR, { recursive: true });
  const path = join(README_DIR, `lab-${language}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  expect((await stat(path)).size).toBeLessThan(README_LIMIT_BYTES);
}
