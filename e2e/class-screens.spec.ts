import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { CohortView } from '../contract/class-api.ts';
import { LANGUAGES } from '../contract/language.ts';
import { startClass } from './page/class-pages.ts';
import { ROOT_DIR } from './product/settings.ts';
import { test } from './product/test.ts';

/** For eyes, not for CI: `playwright test --project screens class-screens`. */
const REVIEW_DIR = join(ROOT_DIR, 'test-results/screens');
const WIDTHS = [1440, 1024, 390];
const NAMES = { ko: ['김민수', '이서연', '박지훈', '최유진'], en: ['Kim', 'Lee', 'Park', 'Choi'] };
const CSRF = { 'x-rollout-lab': '1' };

for (const language of LANGUAGES) {
  test(`the pages of a class in ${language} @screens`, async ({ browser, startProduct }) => {
    test.setTimeout(240_000);
    const product = await startProduct(startClass());
    const teacher = await browser.newContext({ baseURL: product.origin, locale: language });
    const learner = await browser.newContext({ baseURL: product.origin, locale: language });
    const [page, other] = [await teacher.newPage(), await learner.newPage()];
    const take = async (which: Page, name: string, path: string, ready: string) => {
      for (const scheme of ['light', 'dark'] as const) {
        await which.emulateMedia({ colorScheme: scheme });
        for (const width of WIDTHS) {
          await which.setViewportSize({ width, height: width === 390 ? 844 : 900 });
          await which.goto(path);
          await which.locator(ready).first().waitFor();
          const file = `${language}-class-${name}-${scheme}-${width}.png`;
          await which.screenshot({ path: join(REVIEW_DIR, file), fullPage: true });
        }
      }
    };
    const post = async <T>(path: string, data: object): Promise<T> => {
      const headers = { ...CSRF, origin: product.origin };
      const answer = await page.request.post(path, { data, headers });
      return (answer.status() === 204 ? null : await answer.json()) as T;
    };

    const token = product.launchLink.replace(/.*#k=/, '');
    await take(page, 'sign-in', `/${language}/class/`, 'class-app form');
    await page.goto(product.launchLink);
    await page.locator('class-app form').waitFor();
    await page.screenshot({ path: join(REVIEW_DIR, `${language}-class-set-up.png`) });
    await post('/api/class/links/use', {
      token,
      account: { name: language === 'ko' ? '박선생' : 'Park', passphrase: 'wind and paper boats' },
    });
    await take(page, 'empty', `/${language}/class/`, '.fm-inline');
    const name = language === 'ko' ? '도커 스웜 화요일 반' : 'Docker Swarm, Tuesdays';
    const cohort = await post<CohortView>('/api/cohorts', { name, seats: 30 });
    await take(other, 'join', `/${language}/join/`, 'join-app form');
    await other.goto(`/${language}/join/#${cohort.joinCode}`);
    await other.reload();
    await other.locator('input[autocomplete="name"]').waitFor();
    await other.screenshot({ path: join(REVIEW_DIR, `${language}-class-join-name.png`) });
    await other.locator('input[autocomplete="name"]').fill(NAMES[language][0] ?? '');
    await other.locator('join-app button[type="submit"]').click();
    await other.locator('.fm-secret').waitFor();
    await other.screenshot({ path: join(REVIEW_DIR, `${language}-class-joined.png`) });
    await other.goto(`/${language}/chapter-14/`);
    await other.locator('.ac-button').click();
    await other.screenshot({ path: join(REVIEW_DIR, `${language}-class-menu.png`) });
    await take(other, 'already', `/${language}/join/`, 'join-app .fm-row');
    await take(other, 'privacy', `/${language}/privacy/`, 'own-data .lp-button');
    await post(`/api/cohorts/${cohort.id}/learners`, { names: NAMES[language].slice(1) });
    await take(page, 'list', `/${language}/class/`, '.cl-cohort');
    await take(page, 'cohort', `/${language}/class/?cohort=${cohort.id}&view=people`, '.cl-roster');

    await page.setViewportSize({ width: 1440, height: 900 });
    await page.locator('.cl-roster tbody input').first().check();
    await page.locator('.cl-roster tbody input').nth(1).check();
    const dialogs = [
      ['import', '.cl-card-head .lp-button >> nth=0'],
      ['merge', '.cl-actions .lp-button >> nth=0'],
      ['remove', '.cl-actions .lp-danger'],
      ['projector', '.cl-qr-button'],
    ] as const;
    for (const [what, button] of dialogs) {
      await page.locator(button).click();
      await page.locator('dialog[open]').waitFor();
      if (what === 'import') await page.locator('textarea').fill('이름\n김민수\n\u202e\n이도윤\n이도윤');
      await page.screenshot({ path: join(REVIEW_DIR, `${language}-class-${what}.png`) });
      await page.keyboard.press('Escape');
    }
    await teacher.close();
    await learner.close();
  });
}
