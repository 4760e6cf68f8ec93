import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import papa from 'papaparse';
import { instructorSetUp, joinClass, startClass } from './page/class-pages.ts';
import { expect, test } from './product/test.ts';

/** Attempts as the server keeps them, put into its database: the export is at test here, not the grading. */
function addAttempts(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, 'web/rollout-lab.db'));
  try {
    for (const [passed, atMs] of [
      [0, 1_790_000_000_000],
      [1, 1_790_000_060_000],
    ] as const)
      database
        .prepare(
          `INSERT INTO attempt (learner_id, exercise_id, exercise_revision, lab_session_id, trigger, passed, verdict_json, at_ms)
           SELECT learner_id, '14.1-deploy', 1, 'gone', 'button', ?, '{}', ? FROM enrolment`,
        )
        .run(passed, atMs);
  } finally {
    database.close();
  }
}

/** A program of the instructor's that hears of the class. */
async function startReceiver() {
  const received: { signed: string; signature: string; type: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const { headers } = request;
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    received.push({ signed, signature: String(headers['webhook-signature']), type: JSON.parse(body).type });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    types: () => received.map(({ type }) => type),
    checkSignatures(secret: string) {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      for (const { signed, signature } of received)
        expect(signature).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @returns the secret, as the page shows it once */
async function setWebhook(page: Page, url: string): Promise<string> {
  await page.getByRole('button', { name: '웹훅 정하기' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('주소').fill(url);
  await dialog.getByRole('button', { name: '웹훅 정하기' }).click();
  const secret = (await page.locator('.fm-secret').textContent())?.trim() ?? '';
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
  await dialog.getByRole('button', { name: '닫기' }).last().click();
  return secret;
}

async function download(page: Page, name: string): Promise<Record<string, string>[]> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name, exact: true }).click(),
  ]);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.startsWith('\ufeff')).toBe(true);
  return papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true }).data;
}

test('grades are exported as the database has them, a key reads them until it is revoked, a webhook tells of them', async ({
  browser,
  startProduct,
}) => {
  test.setTimeout(180_000);
  await using receiver = await startReceiver();
  const settings = startClass();
  const env = { ...settings.env, ROLLOUT_LAB_WEBHOOK_HOSTS: '127.0.0.1' };
  const product = await startProduct({ ...settings, env });
  const options = { baseURL: product.origin, locale: 'ko', timezoneId: 'Asia/Seoul', acceptDownloads: true };
  const page = await (await browser.newContext(options)).newPage();
  await instructorSetUp(page, product.launchLink, { name: '박선생', passphrase: '바람 부는 날 종이배' });
  await page.getByLabel('반 이름').fill('화요일 반');
  await page.getByRole('button', { name: '반 만들기' }).click();
  const code = (await page.locator('.cl-code').textContent())?.trim() ?? '';
  await page.getByRole('link', { name: '성적', exact: true }).click();
  const secret = await setWebhook(page, receiver.url);
  await page.getByRole('button', { name: '시험 삼아 보내기' }).click();
  await expect(page.getByText('전달됨(204)')).toBeVisible();
  expect(receiver.types()).toEqual(['webhook.test']);

  const learner = await (await browser.newContext(options)).newPage();
  await learner.goto(`/join#${code}`);
  await joinClass(learner, '김민수');
  addAttempts(product.dataDir);

  const progress = await download(page, '진행 상황 CSV');
  expect(progress.length).toBeGreaterThan(5);
  expect(progress.find((row) => row.실습 === '14.1-deploy')).toMatchObject({
    ...{ 이름: '김민수', '시도 횟수': '2', '통과한 판': '1' },
    '처음 통과한 시각': '2026-09-21T23:14:20+09:00',
  });
  const attempts = await download(page, '시도 기록 CSV');
  expect(attempts.map((row) => [row.시각, row.통과])).toEqual([
    ['2026-09-21T23:13:20+09:00', '0'],
    ['2026-09-21T23:14:20+09:00', '1'],
  ]);

  await page.getByRole('button', { name: '키 만들기' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('키 이름').fill('성적표 스크립트');
  await dialog.getByRole('button', { name: '키 만들기' }).click();
  const key = (await page.locator('.fm-secret').textContent())?.trim() ?? '';
  expect(key).toMatch(/^rlab_[\w-]{43}$/);
  await page.getByRole('dialog').getByRole('button', { name: '닫기' }).last().click();
  const cohort = new URL(page.url()).searchParams.get('cohort');
  const ask = (path: string) =>
    fetch(`${product.origin}${path}`, { headers: { authorization: `Bearer ${key}` } });
  const grades = await ask(`/api/cohorts/${cohort}/grades`);
  expect(grades.status).toBe(200);
  expect(await grades.json()).toMatchObject({ learners: [{ name: '김민수' }], next: null });
  expect((await ask('/api/api-tokens')).status).toBe(403);

  await expect.poll(() => receiver.types()).toEqual(['webhook.test', 'learner.joined', 'exercise.passed']);
  receiver.checkSignatures(secret);

  await page.goto(`/ko/class/?cohort=${cohort}&view=grades`);
  await expect(page.getByText('마지막 사용')).toBeVisible();
  await page.getByRole('button', { name: '폐기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '폐기' }).click();
  await expect(page.getByText('만든 키가 없어요.')).toBeVisible();
  expect((await ask(`/api/cohorts/${cohort}/grades`)).status).toBe(401);
});
