import { join } from 'node:path';
import { LANGUAGES } from '../contract/language.ts';
import { exerciseTexts } from './page/exercise-texts.ts';
import { LabPage } from './page/lab-page.ts';
import { TimelineOnPage } from './page/timeline-on-page.ts';
import { ROOT_DIR } from './product/settings.ts';
import { expect, signIn, test } from './product/test.ts';

/** For eyes, not for CI: `playwright test --project screens`. */
const REVIEW_DIR = join(ROOT_DIR, 'test-results/screens');
const README_DIR = join(ROOT_DIR, 'docs/images');
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const FILES = ['docker-compose', 'prod', 'prod-healthcheck', 'prod-update-config'];

test('a rollback, a rollout and the two compared, in both languages and themes @screens', async ({
  page,
  startProduct,
}) => {
  test.setTimeout(590_000);
  const product = await startProduct();
  const lab = new LabPage(page, product.origin, 'ko', '14.3');
  const timeline = new TimelineOnPage(lab);
  const { terminal } = lab;
  const deploy = async (version: string): Promise<void> => {
    const files = [...FILES, version].map((file) => `-c numbers/${file}.yml`).join(' ');
    await terminal.run(`docker stack config ${files} > stack.yml`);
    await terminal.run('docker stack deploy -c stack.yml numbers', 60_000);
  };
  const last = (phase: string) =>
    expect.poll(async () => (await timeline.phases()).at(-1)?.phase, { timeout: 90_000 }).toBe(phase);
  await signIn(page, product);
  await lab.open();
  await lab.start();
  await lab.chooseExercise((await exerciseTexts('14.3-auto-rollback', 'ko')).title);
  await lab.prepare();
  await expect(lab.tabs.first()).toBeHidden();
  await terminal.expectPrompt(90_000);
  await timeline.open();
  await page.screenshot({ path: join(REVIEW_DIR, 'timeline-recent.png') });
  await terminal.run('cd ch14/exercises');
  await deploy('v5-bad');
  await expect(timeline.chart.locator('[data-look="starting"]').first()).toBeVisible();
  await page.waitForTimeout(4_000);
  await page.screenshot({ path: join(REVIEW_DIR, 'timeline-updating.png') });
  await last('rolling-back');
  await page.screenshot({ path: join(REVIEW_DIR, 'timeline-rolling-back.png') });
  await last('rolled-back');
  await deploy('v5');
  await last('monitor');
  await page.waitForTimeout(2_000);
  await page.screenshot({ path: join(REVIEW_DIR, 'timeline-monitor.png') });
  await last('completed');

  for (const language of LANGUAGES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const viewport of [DESKTOP, PHONE]) {
        // On a phone the text comes first: the lab is opened where both have room.
        await page.setViewportSize(DESKTOP);
        await page.emulateMedia({ colorScheme });
        const here = new LabPage(page, product.origin, language, '14.3');
        const shown = new TimelineOnPage(here);
        await here.open();
        await shown.open();
        await page.setViewportSize(viewport);
        if (viewport === PHONE)
          await page.getByRole('button', { name: { ko: '실습', en: 'Lab' }[language], exact: true }).click();
        const take = (name: string) =>
          page.screenshot({
            path: join(REVIEW_DIR, `timeline-${name}-${language}-${colorScheme}-${viewport.width}.png`),
            animations: 'disabled',
          });
        await expect(shown.chart).toBeVisible();
        const rolledBack = await shown.rollouts.locator('option').nth(1).getAttribute('value');
        await shown.rollouts.selectOption(rolledBack);
        await expect(shown.chart.locator('.lp-tl-failed').first()).toBeVisible();
        if (viewport === DESKTOP) await here.button(here.words.tools.widen).click();
        await take('rollback');
        await shown.region.evaluate((region) => region.scrollTo(0, region.scrollHeight));
        await take('rollback-below');
        await shown.button(shown.words.text).click();
        await take('text');
        await shown.button(shown.words.text).click();
        await shown.button(shown.words.compare).click();
        await take('compare');
        await shown.region.evaluate((region) => region.scrollTo(0, region.scrollHeight));
        await take('compare-below');
        if (viewport === DESKTOP) {
          await here.button(here.words.tools.narrow).click();
          await shown.button(shown.words.compare).click();
          await take('beside-text');
          const forReadme = join(README_DIR, `rollback-${language}.png`);
          if (colorScheme === 'light')
            await page.screenshot({ path: forReadme, animations: 'disabled', caret: 'hide' });
        }
      }
    }
  }
});
