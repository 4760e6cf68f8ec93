import type { Browser, Page } from '@playwright/test';
import { instructorSetUp, joinClass, startClass } from './page/class-pages.ts';
import { expect, test } from './product/test.ts';

const NAMES = ['김민수', '이서연'];
/** 이름, 똠방각하, =1+1 in CP949, as Excel saves it where Korean is spoken. */
const CP949 = Buffer.from('c0ccb8a70d0a8c63b9e6b0a2c7cf0d0a3d312b310d0a', 'hex');

async function person(browser: Browser, origin: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, locale: 'ko', acceptDownloads: true });
  return context.newPage();
}

test('a class from nothing: set-up link, cohort, two learners, a return code, the last seat, roster', async ({
  browser,
  startProduct,
}) => {
  test.setTimeout(180_000);
  const product = await startProduct(startClass());
  const teacher = await person(browser, product.origin);

  // The link works once, and the token is gone from the address at once.
  const setUpLink = product.launchLink;
  await instructorSetUp(teacher, setUpLink, { name: '박선생', passphrase: '바람 부는 날 종이배' });
  const late = await person(browser, product.origin);
  await late.goto(setUpLink);
  await expect(late.getByRole('alert').filter({ hasText: '이미 사용했거나' })).toBeVisible();

  await teacher.getByLabel('반 이름').fill('화요일 반');
  await teacher.getByLabel('정원').fill('2');
  await teacher.getByRole('button', { name: '반 만들기' }).click();
  await expect(teacher.getByRole('heading', { name: '화요일 반' })).toBeVisible();
  const code = (await teacher.locator('.cl-code').textContent())?.trim() ?? '';
  expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  await teacher.getByRole('button', { name: '크게 보여 주기' }).last().click();
  await expect(teacher.locator('.cl-projected-code')).toHaveText(code);
  await teacher.keyboard.press('Escape');

  // One types the code, the other has the link.
  const first = await person(browser, product.origin);
  await first.goto('/join');
  await first.getByLabel('참가 코드').fill('ZZZZ-ZZZZ');
  await first.getByRole('button', { name: '다음' }).click();
  await expect(first.getByRole('alert')).toContainText('그런 참가 코드가 없어요');
  await first.getByLabel('참가 코드').fill(code.toLowerCase());
  await first.getByRole('button', { name: '다음' }).click();
  const returnCode = await joinClass(first, NAMES[0] ?? '');
  const second = await person(browser, product.origin);
  await second.goto(`/join#${code}`);
  await joinClass(second, NAMES[1] ?? '');
  expect(new URL(second.url()).hash).toBe('');
  await second.getByRole('link', { name: '실습하러 가기' }).click();
  await expect(second.getByRole('button', { name: '이서연 계정 메뉴' })).toBeVisible();

  // A seat too many.
  const third = await person(browser, product.origin);
  await third.goto(`/join#${code}`);
  await expect(third.getByRole('alert')).toContainText('자리가 모두 찼어요(정원 2명)');

  // The first learner's other device.
  await third.getByRole('button', { name: '복귀 코드로 들어갈게요' }).click();
  await third.getByLabel('복귀 코드').fill(returnCode);
  await third.getByRole('button', { name: '들어가기' }).click();
  await expect(third.getByRole('button', { name: '김민수 계정 메뉴' })).toBeVisible();
  await third.goto('/join');
  await expect(
    third.getByRole('heading', { name: '김민수 이름으로 “화요일 반”에 들어와 있어요' }),
  ).toBeVisible();

  // A restart: everybody is still in.
  await product.stop();
  await product.startAgain();
  expect(product.launchLink).toMatch(/\/class$/);
  await third.goto('/ko/join/');
  await expect(third.getByRole('link', { name: '이어서 하기' })).toBeVisible();

  // Roster: two devices of one, renaming, export.
  await teacher.reload();
  const row = teacher.getByRole('row', { name: /김민수/ });
  await expect(row.locator('[data-label="기기"]')).toHaveText('2');
  await row.getByRole('checkbox').check();
  await teacher.getByRole('button', { name: '이름 바꾸기' }).click();
  await teacher.getByRole('dialog').getByLabel('이름').fill('김민수(1반)');
  await teacher.getByRole('dialog').getByRole('button', { name: '저장' }).click();
  await expect(teacher.getByRole('row', { name: /김민수\(1반\)/ })).toBeVisible();
  const download = teacher.waitForEvent('download');
  await teacher.getByRole('link', { name: 'CSV로 내보내기' }).click();
  const csv = await (await download).createReadStream();
  let text = '';
  for await (const chunk of csv) text += chunk.toString();
  expect(text.startsWith('\ufeff이름,')).toBe(true);
  expect(text).toContain('김민수(1반)');
  expect((await download).suggestedFilename()).toBe('화요일 반.csv');

  // A list from Excel, for more seats than there are, then for enough.
  await teacher.getByRole('button', { name: '명단 가져오기' }).click();
  const dialog = teacher.getByRole('dialog');
  await dialog
    .getByLabel('CSV 파일 고르기')
    .setInputFiles({ name: '명단.csv', mimeType: 'text/csv', buffer: CP949 });
  await expect(dialog.getByRole('listitem')).toHaveText([/똠방각하/, /=1\+1/]);
  await expect(dialog.getByText('빈자리가 0개예요')).toBeVisible();
  await dialog.getByRole('button', { name: '취소' }).click();
  await teacher.getByRole('link', { name: '설정', exact: true }).click();
  const settings = teacher.getByRole('region', { name: '설정' });
  await settings.getByLabel('정원').fill('10');
  await settings.getByRole('button', { name: '저장' }).click();
  await expect(settings.getByText('저장했어요')).toBeVisible();
  await teacher.getByRole('link', { name: '학습자', exact: true }).click();
  await teacher.getByRole('button', { name: '명단 가져오기' }).click();
  await dialog
    .getByLabel('CSV 파일 고르기')
    .setInputFiles({ name: '명단.csv', mimeType: 'text/csv', buffer: CP949 });
  await dialog.getByRole('button', { name: '2명 가져오기' }).click();
  await expect(teacher.locator('.cl-slips li')).toHaveCount(2);
  await teacher.getByRole('button', { name: '다 했어요' }).click();
  await expect(teacher.getByRole('row', { name: /똠방각하/ })).toContainText('아직 안 들어옴');

  // Removing the first learner ends both devices.
  await teacher
    .getByRole('row', { name: /김민수\(1반\)/ })
    .getByRole('checkbox')
    .check();
  await teacher.getByRole('button', { name: '내보내기', exact: true }).click();
  // Enter does no harm.
  await expect(teacher.getByRole('dialog').getByRole('button', { name: '취소' })).toBeFocused();
  await teacher.getByRole('dialog').getByRole('button', { name: '내보내기', exact: true }).click();
  await expect(teacher.getByRole('row', { name: /김민수/ })).toHaveCount(0);
  for (const page of [first, third]) {
    const response = await page.request.get('/api/progress');
    expect(response.status()).toBe(401);
  }
  // A learner's browser gets nowhere with the address of the class.
  await second.goto(teacher.url());
  await expect(second.getByRole('heading', { name: '학습자로 로그인돼 있어요' })).toBeVisible();
});

test('a learner sees what is stored, takes it away and deletes it', async ({ browser, startProduct }) => {
  test.setTimeout(120_000);
  const product = await startProduct(startClass());
  const teacher = await person(browser, product.origin);
  await instructorSetUp(teacher, product.launchLink, { name: 'Park', passphrase: 'wind and paper boats' });
  await teacher.getByLabel('반 이름').fill('A');
  await teacher.getByRole('button', { name: '반 만들기' }).click();
  const code = (await teacher.locator('.cl-code').textContent())?.trim() ?? '';
  const learner = await person(browser, product.origin);
  await learner.goto(`/join#${code}`);
  await joinClass(learner, 'Min');
  await learner.goto('/ko/privacy/');
  const download = learner.waitForEvent('download');
  await learner.getByRole('link', { name: '내 데이터 내려받기' }).click();
  let json = '';
  for await (const chunk of await (await download).createReadStream()) json += chunk.toString();
  expect(JSON.parse(json)).toMatchObject({ learner: [{ name: 'Min' }] });
  await learner.getByRole('button', { name: '내 데이터 지우기' }).click();
  const dialog = learner.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: '내 데이터 지우기' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('지우기');
  await dialog.getByRole('button', { name: '내 데이터 지우기' }).click();
  await expect(learner.getByText('모두 지웠어요.')).toBeVisible();
  expect((await learner.request.get('/api/progress')).status()).toBe(401);
  await teacher.reload();
  await expect(teacher.getByText('아직 아무도 참가하지 않았어요')).toBeVisible();
});
