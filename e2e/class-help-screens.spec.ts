import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { CohortView } from '../contract/class-api.ts';
import { LANGUAGES } from '../contract/language.ts';
import { startClass } from './page/class-pages.ts';
import { ROOT_DIR } from './product/settings.ts';
import { test } from './product/test.ts';

/** For eyes, not for CI: `playwright test --project screens class-help-screens`. */
const REVIEW_DIR = join(ROOT_DIR, 'test-results/screens');
const WIDTHS = [1440, 820, 390];
const CSRF = { 'x-rollout-lab': '1' };
const SAID = {
  ko: {
    names: ['김민수', '이서연', '박지훈', '최유진'],
    stuck: '`docker stack deploy`를 했는데 레플리카가 계속 0/6이에요. 헬스 체크 때문일까요?',
    all: '10분 쉬고 3시 20분에 다시 시작할게요.\n그동안 14.2절 실습은 그대로 두세요.',
    one: '민수 님, healthcheck의 start_period를 다시 한번 보세요.',
  },
  en: {
    names: ['Kim', 'Lee', 'Park', 'Choi'],
    stuck: 'I ran `docker stack deploy` and the replicas stay at 0/6. Is it the health check?',
    all: 'Ten minutes’ break; we go on at 3:20.\nLeave the exercises of 14.2 as they are.',
    one: 'Have another look at start_period of the health check.',
  },
};

for (const language of LANGUAGES) {
  test(`help in a class in ${language} @screens`, async ({ browser, startProduct }) => {
    test.setTimeout(280_000);
    const product = await startProduct(startClass());
    const said = SAID[language];
    const person = async () =>
      (await browser.newContext({ baseURL: product.origin, locale: language })).newPage();
    const post = async (page: Page, path: string, data: object) => {
      const headers = { ...CSRF, origin: product.origin };
      return page.request.post(path, { data, headers });
    };
    const take = async (page: Page, name: string, path: string, ready: string, open?: string) => {
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
          await page.goto(path);
          await page.locator(ready).first().waitFor();
          if (open !== undefined) await page.locator(open).first().click();
          const file = `${language}-help-${name}-${scheme}-${width}.png`;
          await page.screenshot({ path: join(REVIEW_DIR, file), fullPage: name === 'view' });
        }
      }
    };

    const teacher = await person();
    const token = product.launchLink.replace(/.*#k=/, '');
    const account = { name: language === 'ko' ? '박선생' : 'Ms Park', passphrase: 'wind and paper boats' };
    await post(teacher, '/api/class/links/use', { token, account });
    const name = language === 'ko' ? '도커 스웜 화요일 반' : 'Docker Swarm, Tuesdays';
    const cohort: CohortView = await (await post(teacher, '/api/cohorts', { name, seats: 30 })).json();
    const pages = await Promise.all(said.names.map(() => person()));
    const ids: string[] = [];
    for (const [index, page] of pages.entries()) {
      await post(page, '/api/join', { code: cohort.joinCode, name: said.names[index] ?? '' });
      ids.push((await (await page.request.get('/api/me')).json()).learner.id);
    }
    const [first, second, third] = pages as [Page, Page, Page, Page];
    const lesson = `/${language}/chapter-14/14-1/`;
    await take(first, 'down', lesson, '.cc-hand');
    await take(first, 'ask', lesson, '.cc-hand', '.cc-hand');
    await post(first, '/api/me/hand', { exercise: '14.1-health', words: said.stuck });
    await post(second, '/api/me/hand', { exercise: null, words: '' });
    await post(third, '/api/me/hand', { exercise: '14.1-deploy', words: '' });
    await post(teacher, `/api/cohorts/${cohort.id}/hands/${ids[0]}/take`, { instead: false });
    await post(teacher, `/api/cohorts/${cohort.id}/messages`, { to: null, text: said.all });
    await post(teacher, `/api/cohorts/${cohort.id}/messages`, { to: [ids[0]], text: said.one });
    await post(teacher, `/api/cohorts/${cohort.id}/unlocked`, {
      exercise: '14.1-deploy',
      hints: 1,
      solution: true,
      learner: null,
    });
    await take(first, 'taken', lesson, '.cc-card');
    await take(third, 'raised', lesson, '.cc-card', '.cc-hand');
    await take(
      teacher,
      'view',
      `/${language}/class/?cohort=${cohort.id}&view=help`,
      '.ch-hand',
      '.ch-lesson summary',
    );
  });
}
