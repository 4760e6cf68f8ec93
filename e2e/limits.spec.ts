import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LANGUAGES } from '../contract/language.ts';
import { LabPage } from './page/lab-page.ts';
import { ROOT_DIR } from './product/settings.ts';
import { expect, signIn, test } from './product/test.ts';

const NOTICED_WITHIN_MS = 30_000;
const REVIEW_DIR = join(ROOT_DIR, 'test-results/screens');

/** The pane's message about this limit. */
const noticeOf = (lab: LabPage, limit: 'disk' | 'memory' | 'processes') =>
  lab.pane.locator(`[data-limit="${limit}"]`);

test('a full disk is told, stands in nobody else’s way, and the message goes when there is room', async ({
  lab,
}) => {
  test.setTimeout(180_000);
  const { terminal } = lab;
  const notice = noticeOf(lab, 'disk');
  await expect(notice).toHaveCount(0);
  expect(await terminal.run('head -c 3G /dev/zero > big', 120_000)).toContain('No space left on device');
  await expect(notice).toContainText('docker system prune', { timeout: NOTICED_WITHIN_MS });
  await expect(notice).toContainText('node1');
  expect(await terminal.run('docker images -q | wc -l')).toMatch(/^\d+$/);
  await terminal.run('rm big');
  await expect(notice).toHaveCount(0, { timeout: NOTICED_WITHIN_MS });
});

test('a loop that starts processes without end is told once, and a reset ends it', async ({ lab }) => {
  test.setTimeout(180_000);
  const { terminal, words } = lab;
  const notice = noticeOf(lab, 'processes');
  await terminal.enter('while :; do sleep 300 & done >/dev/null 2>&1');
  await expect(notice).toContainText('Ctrl + C', { timeout: 60_000 });
  await notice.getByRole('button', { name: words.banner.dismiss }).click();
  await expect(notice).toHaveCount(0);
  await lab.page.waitForTimeout(4_000);
  await expect(notice).toHaveCount(0);
  await lab.reset();
  await terminal.expectPrompt(90_000);
  expect(Number(await terminal.run('ps -e | wc -l'))).toBeLessThan(100);
});

test('memory at the lab’s limit is told; at a container’s own limit it is not', async ({ lab }) => {
  test.setTimeout(120_000);
  const { terminal } = lab;
  const notice = noticeOf(lab, 'memory');
  const mounts = '-v /usr:/usr -v /usr/lib:/lib -v /usr/lib64:/lib64';
  const small = `docker run --rm -m 48m ${mounts} --entrypoint /usr/bin/tail numbers-api:v1 /dev/zero; echo code $?`;
  expect(await terminal.run(small, 60_000)).toContain('code 137');
  await lab.page.waitForTimeout(3_000);
  await expect(notice).toHaveCount(0);
  expect(await terminal.run('tail /dev/zero; echo code $?', 60_000)).toContain('code 137');
  await expect(notice).toContainText('640 MiB', { timeout: NOTICED_WITHIN_MS });
});

for (const language of LANGUAGES) {
  test(`what limits look like in ${language} @screens`, async ({ page, startProduct }) => {
    test.setTimeout(240_000);
    await mkdir(REVIEW_DIR, { recursive: true });
    const product = await startProduct();
    await signIn(page, product);
    const lab = new LabPage(page, product.origin, language);
    await lab.open();
    await lab.start();
    const notices = lab.pane.locator('[data-limit]');
    await lab.terminal.run('head -c 3G /dev/zero > big', 120_000);
    await lab.terminal.run('tail /dev/zero', 60_000);
    await lab.terminal.enter('while :; do sleep 300 & done >/dev/null 2>&1');
    await expect(notices).toHaveCount(3, { timeout: 60_000 });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      if (width === 390)
        await page.getByRole('button', { name: language === 'ko' ? '실습' : 'Lab', exact: true }).click();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(REVIEW_DIR, `${language}-limits-${width}-${colorScheme}.png`) });
      }
    }
  });
}
