import { join } from 'node:path';
import type { CareEvent, CareRound } from '../contract/class-care.ts';
import { classWith } from './page/care-class.ts';
import { startClass } from './page/class-pages.ts';
import { ROOT_DIR } from './product/settings.ts';
import { test } from './product/test.ts';

const REVIEW_DIR = join(ROOT_DIR, 'test-results/screens');
const VIEWS = [
  ['ko', 'light', 1440],
  ['ko', 'dark', 820],
  ['ko', 'light', 390],
  ['en', 'dark', 1440],
  ['en', 'light', 820],
  ['en', 'dark', 390],
] as const;
const NAMES = ['김민수', '이서연', '박지훈', '최유진', '정하늘'];

/** For eyes, not for CI: `playwright test --project screens class-care-screens`. */
test('care and capacity @screens', async ({ browser, startProduct }) => {
  test.setTimeout(280_000);
  const product = await startProduct(startClass());
  const { teacher, cohort, learners } = await classWith(browser, product, NAMES);
  for (const learner of learners.slice(0, 2)) await learner.post('/api/lab-sessions', { lab: 'numbers' });
  const { page } = teacher;
  const prepared = await teacher.post<CareRound>(`/api/cohorts/${cohort.id}/care`, {
    id: 'screensscreensab',
    action: { type: 'prepare', exercise: '14.1-health', startMissing: false },
    reason: '이제 14.1 실습을 함께 해 봐요',
    targets: 'all',
  });
  const nowMs = Date.now();
  await teacher.post(`/api/cohorts/${cohort.id}/warm-plans`, {
    id: 'screensscreensab',
    lab: 'quorum',
    count: 12,
    atMs: nowMs + 5 * 3_600_000,
    untilMs: nowMs + 8 * 3_600_000,
  });
  // As a bigger class looks in the middle of it: with each state that a lab can have in a round.
  const going: CareEvent = {
    type: 'rounds',
    rounds: [
      {
        ...prepared,
        state: 'running',
        items: prepared.items.flatMap((item) => [
          { ...item, state: 'done', tookMs: 14_000 },
          { ...item, state: 'running', tookMs: null, problem: null },
          { ...item, state: 'failed', problem: { code: 'LAB_LIMIT_REACHED', params: { limit: 2 } } },
          { ...item, state: 'queued', problem: null },
          { ...item, state: 'waiting', problem: null },
        ]),
      },
      { ...prepared, id: 'screensscreensac', state: 'done', endedAtMs: nowMs },
    ],
  };
  const { type, ...data } = going;
  for (const [language, scheme, width] of VIEWS) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    const take = (name: string, fullPage = true) =>
      page.screenshot({ path: join(REVIEW_DIR, `${language}-${name}-${scheme}-${width}.png`), fullPage });
    await page.route('**/care/events', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`,
      }),
    );
    await page.goto(`/${language}/class/?cohort=${cohort.id}&view=people`);
    await page.locator('.cl-roster').waitFor({ timeout: 60_000 });
    await page.locator('.care-round').first().waitFor();
    await take('care-people');
    await page.unroute('**/care/events');
    await page.locator('.cl-roster tbody input').first().check();
    await take('care-chosen', false);
    await page.locator('.cl-chosen .care-actions button').first().click();
    await page.locator('dialog[open]').waitFor();
    await take('care-reset', false);
    await page.keyboard.press('Escape');
    await page.locator('.care-actions button').nth(1).click();
    await page.locator('dialog[open] option').nth(3).waitFor({ state: 'attached' });
    await page.locator('dialog[open] select').selectOption('14.1-health');
    await take('care-prepare', false);
    await page.goto(`/${language}/class/?cohort=${cohort.id}&view=capacity`);
    await page.locator('.cap-plans li').waitFor({ timeout: 60_000 });
    await take('capacity');
  }
});
