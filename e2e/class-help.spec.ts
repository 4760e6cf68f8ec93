import type { Browser, Page } from '@playwright/test';
import type { CohortView } from '../contract/class-api.ts';
import { startClass } from './page/class-pages.ts';
import { expect, test } from './product/test.ts';

const CSRF = { 'x-rollout-lab': '1' };
const LESSON = '/ko/chapter-14/14-1/';

interface Class {
  readonly teacher: Page;
  readonly cohort: CohortView;
  readonly join: (name: string) => Promise<Page>;
  readonly person: () => Promise<Page>;
}

/** A class as its instructor has made it, without labs: help needs none. */
async function aClass(browser: Browser, origin: string, launchLink: string): Promise<Class> {
  const person = async () =>
    (await browser.newContext({ baseURL: origin, locale: 'ko', reducedMotion: 'reduce' })).newPage();
  const post = async (page: Page, path: string, data: object) => {
    const answer = await page.request.post(path, { data, headers: { ...CSRF, origin } });
    expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
    return answer;
  };
  const teacher = await person();
  const account = { name: '박선생', passphrase: 'wind and paper boats' };
  await post(teacher, '/api/class/links/use', { token: launchLink.replace(/.*#k=/, ''), account });
  const made = await post(teacher, '/api/cohorts', { name: '화요일 반', seats: 5 });
  const cohort: CohortView = await made.json();
  const join = async (name: string) => {
    const page = await person();
    await post(page, '/api/join', { code: cohort.joinCode, name });
    return page;
  };
  return { teacher, cohort, join, person };
}

const hand = (page: Page) => page.locator('.cc-hand');
const card = (page: Page) => page.getByRole('region', { name: '강사가 보낸 메시지' }).getByRole('article');

async function raise(page: Page, words: string): Promise<void> {
  await hand(page).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('무엇이 막혔나요?').fill(words);
  await dialog.getByRole('button', { name: '손들기' }).click();
  await expect(dialog).toBeHidden();
}

test('hands in line, who goes there, and a restart; the policy takes the hand away', async ({
  browser,
  startProduct,
}) => {
  test.setTimeout(120_000);
  const product = await startProduct(startClass());
  const { teacher, cohort, join } = await aClass(browser, product.origin, product.launchLink);
  const [first, second] = [await join('김민수'), await join('이서연')];
  await teacher.goto(`/ko/class/?cohort=${cohort.id}&view=help`);
  await expect(teacher.getByText('지금은 손든 학습자가 없어요.')).toBeVisible();

  // On a lesson's page its exercises can be named.
  await first.goto(LESSON);
  await hand(first).click();
  await first.getByLabel('어느 실습인가요?').selectOption({ index: 1 });
  await first.getByLabel('무엇이 막혔나요?').fill('<b>왜</b> 레플리카가 늘지 않나요?');
  await first.getByRole('dialog').getByRole('button', { name: '손들기' }).click();
  await expect(hand(first)).toHaveText('다음 차례예요');
  await expect(first.locator('.cc-pane-hand')).toHaveText('다음 차례예요');
  await second.goto('/ko/glossary/');
  await raise(second, '');
  await expect(hand(second)).toContainText('앞에 1명');

  const hands = teacher.locator('.ch-hands > li');
  await expect(hands).toHaveText([/김민수.*14\.1 · .*<b>왜<\/b> 레플리카가/, /이서연.*실습과 상관없는 질문/]);
  await expect(teacher.getByRole('link', { name: '도움 2' })).toBeVisible();
  await hands.first().getByRole('button', { name: '내가 갈게요' }).click();
  await expect(hands.first()).toContainText('내가 가고 있어요');
  await expect(hand(first)).toHaveText('박선생 님이 가고 있어요');
  await expect(hand(second)).toHaveText('다음 차례예요');

  // The server goes and comes back: pages connect again by themselves, the line is as it was.
  await product.stop();
  await expect(teacher.getByText('서버와 연결이 끊겼어요')).toBeVisible();
  await product.startAgain();
  await expect(teacher.getByText('서버와 연결이 끊겼어요')).toBeHidden();
  await expect(hands).toHaveText([/김민수.*내가 가고 있어요/, /이서연/]);
  await hands.first().getByRole('button', { name: '도와줬어요' }).click();
  await expect(hand(first)).toHaveText('손들기');
  await expect(hands).toHaveText([/이서연/]);

  // One lowers it, and says something else the next time.
  await hand(second).click();
  await second.getByRole('dialog').getByRole('button', { name: '손 내리기' }).click();
  await expect(hand(second)).toHaveText('손들기');
  await expect(hands).toHaveCount(0);
  await teacher.getByText('최근에 내린 손').click();
  await expect(teacher.locator('.ch-answered li')).toHaveText([
    /이서연.*스스로 내림/,
    /김민수.*박선생 님이 도와줌/,
  ]);

  await teacher.getByRole('link', { name: '설정', exact: true }).click();
  // Rules hold at once; the box follows the server's answer.
  await teacher.getByLabel('학습자가 손을 들어 도움을 청할 수 있어요').click();
  await expect(teacher.getByLabel('학습자가 손을 들어 도움을 청할 수 있어요')).not.toBeChecked();
  await expect(hand(first)).toHaveCount(0);
  await expect(hand(second)).toHaveCount(0);
  const refused = await first.request.post('/api/me/hand', {
    data: { exercise: null, words: '' },
    headers: { ...CSRF, origin: product.origin },
  });
  expect(await refused.json()).toMatchObject({ status: 403, code: 'HANDS_OFF' });
});

test('messages to one and to all, also for who comes later; a solution that is unlocked', async ({
  browser,
  startProduct,
}) => {
  test.setTimeout(120_000);
  const product = await startProduct(startClass());
  const { teacher, cohort, join, person } = await aClass(browser, product.origin, product.launchLink);
  const [first, second] = [await join('김민수'), await join('이서연')];
  await Promise.all([first.goto(LESSON), second.goto('/ko/')]);
  await teacher.goto(`/ko/class/?cohort=${cohort.id}&view=help`);
  const form = teacher.getByRole('region', { name: '메시지 보내기' });
  const sent = teacher.getByRole('region', { name: '보낸 메시지' }).getByRole('listitem');

  await form.getByLabel('고른 학습자').check();
  await form.getByLabel('김민수').check();
  await form.getByLabel('내용').fill('<img src=x onerror=alert(1)>\nhttps://example.com');
  await form.getByRole('button', { name: '보내기' }).click();
  await expect(card(first)).toContainText('<img src=x onerror=alert(1)>');
  await expect(card(first).locator('img, a')).toHaveCount(0);
  await expect(sent).toHaveText([/김민수.*1명 중 0명 읽음/s]);
  await card(first).getByRole('button', { name: '확인했어요' }).click();
  await expect(card(first)).toHaveCount(0);
  await expect(sent).toHaveText([/1명 중 1명 읽음/]);
  await expect(card(second)).toHaveCount(0);

  // To all: one is there, one comes back, one joins only now.
  await second.goto('about:blank');
  await form.getByLabel('반 전체').check();
  await form.getByLabel('내용').fill('10분 쉬어요.');
  await form.getByRole('button', { name: '보내기' }).click();
  await expect(card(first)).toContainText('10분 쉬어요.');
  const late = await join('박지훈');
  for (const page of [second, late]) {
    await page.goto('/ko/glossary/');
    await expect(card(page)).toContainText('10분 쉬어요.');
    await card(page).getByRole('button', { name: '확인했어요' }).click();
  }
  await expect(sent.first()).toContainText('3명 중 2명 읽음');
  await sent.first().getByRole('button', { name: '거두기' }).click();
  await teacher.getByRole('dialog').getByRole('button', { name: '거두기' }).click();
  await expect(card(first)).toHaveCount(0);

  // Solutions are closed, one is opened for one learner, then for all.
  const headers = { ...CSRF, origin: product.origin };
  const solution = (page: Page) => page.request.post('/api/exercises/14.1-deploy/solution', { headers });
  await teacher.request.post(`/api/cohorts/${cohort.id}`, {
    data: { policies: { solutionsOpen: false } },
    headers,
  });
  expect(await (await solution(first)).json()).toMatchObject({ status: 403, code: 'SOLUTION_LOCKED' });
  await expect(first.getByText('풀이는 강사가 열어 주면 볼 수 있어요.')).toBeVisible();
  const unlock = teacher.getByRole('region', { name: '힌트와 풀이 열어 주기' });
  await unlock.getByText('14.1절').click();
  await unlock.getByLabel('누구에게').selectOption('김민수');
  const row = unlock.getByRole('listitem').first();
  await row.getByRole('checkbox').check();
  await expect(first.getByText('강사가 이 실습의 풀이를 열어 줬어요.')).toBeVisible();
  expect((await solution(second)).status()).toBe(403);
  await unlock.getByLabel('누구에게').selectOption('반 전체');
  await expect(row.getByRole('checkbox')).not.toBeChecked();
  await row.getByRole('checkbox').check();
  await expect.poll(async () => (await solution(second)).status()).toBe(200);
  await first.getByRole('button', { name: '풀이 보기' }).click();
  await first.getByRole('dialog').getByRole('button', { name: '풀이 보기' }).click();
  await expect(first.locator('.lp-solution')).toContainText('docker');

  // A hint shows by itself, and is not one that was asked for.
  await row.getByRole('combobox').selectOption('1');
  await expect(first.locator('.lp-hints > li')).toHaveText([/힌트 1.*강사가 열어 줬어요/]);
  const progress = await (await first.request.get('/api/progress')).json();
  expect(progress.exercises['14.1-deploy']).toMatchObject({ hintsShown: 0, solutionShown: true });

  // Whoever is nobody's learner hears of nothing.
  const nobody = await person();
  await nobody.goto('/ko/glossary/');
  await expect(nobody.getByRole('link', { name: '참가하기' })).toBeVisible();
  await expect(hand(nobody)).toHaveCount(0);
});
