import type { Page } from '@playwright/test';
import { classWith, type Person, personIn } from './page/care-class.ts';
import { startClass } from './page/class-pages.ts';
import type { ProductServer } from './product/product-server.ts';
import { expect, test } from './product/test.ts';

const NAMES = ['김민수', '이서연', '박지훈'] as const;
const RENEWED_WITHIN_MS = 60_000;

function rounds(page: Page) {
  return page.getByRole('region', { name: '실습 환경 작업' }).getByRole('article');
}

/** The result of one learner in a round. */
function resultOf(page: Page, name: string) {
  return rounds(page).first().getByRole('listitem').filter({ hasText: name });
}

async function choose(page: Page, name: string): Promise<void> {
  await page
    .getByRole('row', { name: new RegExp(name) })
    .getByRole('checkbox')
    .check();
}

async function act(page: Page, action: RegExp, reason: string, exercise?: string): Promise<void> {
  await page.getByRole('group', { name: '실습 환경 관리' }).getByRole('button', { name: action }).click();
  const dialog = page.getByRole('dialog');
  if (exercise !== undefined) await dialog.getByLabel('준비할 실습').selectOption(exercise);
  await dialog.getByLabel('이유').fill(reason);
  await dialog.getByRole('button').last().click();
  await expect(dialog).toBeHidden();
}

async function ready(learner: Person, lab = 'numbers') {
  await expect
    .poll(async () => (await learner.labs()).find((one) => one.lab === lab)?.status.state, {
      timeout: RENEWED_WITHIN_MS,
    })
    .toBe('ready');
  const found = (await learner.labs()).find((one) => one.lab === lab);
  if (found === undefined) throw new Error(`no lab ${lab}`);
  return found;
}

async function crash(product: ProductServer): Promise<void> {
  await product.kill();
  await product.startAgain();
}

test('reset one, then prepare for all: the browser is closed and the server crashes meanwhile, and it goes on', async ({
  browser,
  startProduct,
}) => {
  test.setTimeout(180_000);
  const product = await startProduct(startClass());
  const { teacher, learners, people } = await classWith(browser, product, NAMES);
  const [first, second, third] = learners;
  if (!first || !second || !third) throw new Error('no learner');
  const lab = first.labPage('ko');
  await lab.open();
  await lab.start();
  await second.post('/api/lab-sessions', { lab: 'numbers' });
  await ready(second);

  await teacher.page.goto(people);
  const everybody = teacher.page.getByText('전체 학습자 3명 · 열린 실습 환경 2개');
  await expect(everybody).toBeVisible({ timeout: 15_000 });
  await choose(teacher.page, NAMES[0]);
  await act(teacher.page, /^초기화/, '14.1을 새로 시작해요');
  await expect(resultOf(teacher.page, NAMES[0])).toContainText('완료', { timeout: RENEWED_WITHIN_MS });
  expect((await ready(first)).generation).toBe(2);
  expect((await ready(second)).generation).toBe(1);
  // Its learner reads who did it and why, and goes on at once.
  await expect(
    first.page.getByText('한지우 강사가 실습 환경을 초기화했어요. 이유: 14.1을 새로 시작해요'),
  ).toBeVisible();
  await lab.terminal.expectPrompt(RENEWED_WITHIN_MS);

  await teacher.page.reload();
  await act(teacher.page, /^실습 준비/, '다 같이 해 봐요', '14.1-health');
  await expect(rounds(teacher.page).first()).toContainText('하는 중');
  await teacher.page.close();
  await crash(product);

  // Another window of the instructor's finds the work under way.
  const page = await teacher.context.newPage();
  await page.goto(people);
  for (const name of NAMES)
    await expect(resultOf(page, name)).toContainText('완료', { timeout: RENEWED_WITHIN_MS });
  await expect(rounds(page).first()).toContainText('모두 끝났어요');
  for (const learner of learners) expect((await ready(learner)).activeExercise).toBe('14.1-health');

  // Who comes later reads it, too, in their language.
  const late = third.labPage('en');
  await late.open();
  await expect(
    third.page.getByText(/한지우 opened this lab for you, at the start of “.+”\. Reason: 다 같이 해 봐요/),
  ).toBeVisible();
  await late.terminal.expectPrompt(RENEWED_WITHIN_MS);
  await page.goto(people.replace('people', 'settings'));
  await page.getByText('기록', { exact: true }).click();
  await expect(page.getByText('한지우 강사가 김민수의 실습 환경을 초기화했어요')).toBeVisible();
  await expect(page.getByText('한지우 강사가 여러 학습자의 실습을 준비했어요')).toBeVisible();
});

test('what could not be done says why and can be tried again; a paused lab says by whom', async ({
  browser,
  startProduct,
}) => {
  test.setTimeout(150_000);
  const settings = startClass();
  const product = await startProduct({ env: { ...settings.env, ROLLOUT_LAB_LABS_PER_LEARNER: '1' } });
  const { teacher, learners, people, cohort } = await classWith(browser, product, NAMES.slice(0, 2));
  const [busy, absent] = learners;
  if (!busy || !absent) throw new Error('no learner');
  const lab = busy.labPage('ko');
  await lab.open();
  await lab.start();
  const { page } = teacher;
  await page.goto(people);
  await act(page, /^실습 준비/, '', '14.6-gallery');
  await expect(resultOf(page, NAMES[0])).toContainText('실습 환경이 이미 1개예요', {
    timeout: RENEWED_WITHIN_MS,
  });
  await expect(resultOf(page, NAMES[1])).toContainText('완료', { timeout: RENEWED_WITHIN_MS });
  await ready(absent, 'gallery');

  // Nothing of a learner without a lab, or of another class, can be touched.
  const stranger = await personIn(browser, product.origin);
  await expect(
    stranger.post(`/api/cohorts/${cohort.id}/care`, {
      id: 'strangerstranger',
      action: { type: 'close' },
      reason: null,
      targets: 'all',
    }),
  ).rejects.toThrow('401');

  await page.reload();
  await choose(page, NAMES[0]);
  await act(page, /^일시 중지/, '잠깐 쉬어요');
  await expect(resultOf(page, NAMES[0])).toContainText('완료', { timeout: 20_000 });
  await expect(lab.pane).toContainText('한지우 강사가 실습 환경을 일시 중지했어요.');
  await expect(lab.pane).toContainText('이유: 잠깐 쉬어요');
  await lab.page.goto(lab.page.url().replace('/ko/', '/en/'));
  const words = busy.labPage('en').words.queue.reasons;
  await expect(lab.pane).toContainText(words.instructorPaused('한지우'));

  // Its learner has closed it: now there is a place for the other one.
  const [open] = await busy.labs();
  await busy.page.goto('about:blank');
  await busy.page.request.delete(`${product.origin}/api/lab-sessions/${open?.id}`, {
    headers: { 'x-rollout-lab': '1', origin: product.origin },
  });
  await page.getByRole('button', { name: '못 한 1개 다시 하기' }).click();
  await expect(resultOf(page, NAMES[0])).toContainText('완료', { timeout: RENEWED_WITHIN_MS });
  await ready(busy, 'gallery');
});
