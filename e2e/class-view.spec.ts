import type { APIResponse, Browser, Page } from '@playwright/test';
import type { CohortView } from '../contract/class-api.ts';
import { KO } from '../src/class/live/texts-ko.ts';
import { instructorSetUp, joinClass, startClass } from './page/class-pages.ts';
import { exerciseTexts } from './page/exercise-texts.ts';
import { LabPage, plain } from './page/lab-page.ts';
import { expect, test } from './product/test.ts';

const CSRF = { 'x-rollout-lab': '1' };
/** Three seconds of work in vain; the class is looked at anew every five. */
const STUCK = { ROLLOUT_LAB_STUCK_MINUTES: '0.05' };
const STUCK_WITHIN_MS = 20_000;
const SOLUTION = [
  'docker swarm init >/dev/null',
  'cd ~/ch14/exercises && docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml > stack.yml',
  'docker stack deploy -c stack.yml numbers >/dev/null; clear',
];

async function person(browser: Browser, origin: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, locale: 'ko' });
  return context.newPage();
}

test('the class view follows a learner from trying to stuck to passed, and is nobody else’s', async ({
  browser,
  startProduct,
}) => {
  test.setTimeout(240_000);
  const settings = startClass();
  const product = await startProduct({ env: { ...settings.env, ...STUCK } });
  const teacher = await person(browser, product.origin);
  const post = (page: Page, path: string, data: object = {}): Promise<APIResponse> =>
    page.request.post(path, { data, headers: { ...CSRF, origin: product.origin } });
  await instructorSetUp(teacher, product.launchLink, { name: '박선생', passphrase: '바람 부는 날 종이배' });
  const cohort = (await (
    await post(teacher, '/api/cohorts', { name: '화요일 반', seats: 9 })
  ).json()) as CohortView;

  // With nobody in it, the class opens where its join code is; afterwards with what goes on.
  const address = `/ko/class/?cohort=${cohort.id}`;
  await teacher.goto(address);
  await expect(teacher.locator('.cl-code')).toBeVisible();
  const [first, second] = [await person(browser, product.origin), await person(browser, product.origin)];
  await first.goto(`/join#${cohort.joinCode}`);
  await joinClass(first, '김민수');
  await teacher.goto(address);
  const row = teacher.getByRole('row').filter({ hasText: '김민수' });
  const deploy = row.locator('[data-exercise="14.1-deploy"]');
  await expect(row).toContainText(KO.labs.none);
  await expect(deploy).toHaveAttribute('data-state', 'none');

  // Who joins while one looks on is there.
  await second.goto(`/join#${cohort.joinCode}`);
  await joinClass(second, '이서연');
  await expect(teacher.getByRole('row').filter({ hasText: '이서연' })).toBeVisible();
  await expect(teacher.locator('.lv-summary')).toContainText(KO.summary.here(2));

  const lab = new LabPage(first, product.origin, 'ko');
  const texts = await exerciseTexts('14.1-deploy', 'ko');
  await lab.open();
  await lab.start();
  await expect(row).toContainText(KO.labs.ready);
  await lab.terminal.run('ls');
  await expect(row).toContainText(plain(texts.title));
  await expect(deploy).toHaveAttribute('data-state', /trying|stuck/);

  // Work without a step forward: the check that fails is named, with what it says.
  await expect(async () => {
    await lab.terminal.run('docker info | head -1');
    await expect(deploy).toHaveAttribute('data-state', 'stuck', { timeout: 1_000 });
  }).toPass({ timeout: STUCK_WITHIN_MS });
  await expect(row).toContainText(KO.now.failed(plain(texts.checks['swarm-active'] ?? '')));
  await row.locator('summary').click();
  await expect(row.locator('details')).toContainText(plain(texts.messages['swarm-off'] ?? ''));
  await teacher.getByRole('button', { name: `${KO.filters.stuck} 1` }).click();
  await expect(teacher.getByRole('row').filter({ hasText: '이서연' })).toBeHidden();

  // A step forward, and the pass.
  await lab.terminal.run(SOLUTION[0] ?? '');
  await expect(row.or(teacher.getByText(KO.noMatch))).toBeVisible();
  await teacher.locator('[data-filter="all"]').click();
  for (const command of SOLUTION.slice(1)) await lab.terminal.run(command, 60_000);
  await expect(deploy).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
  await expect(deploy).toHaveAccessibleName(new RegExp(`${plain(texts.title)}: .*통과`));

  // The learner's page: what they tried, what their swarm looks like and uses, and nothing of their terminal.
  await teacher.getByRole('searchbox').fill('민수');
  await row.getByRole('link', { name: '김민수' }).click();
  await expect(teacher.getByRole('heading', { name: '김민수' })).toBeVisible();
  const part = (name: string) => teacher.getByRole('region', { name, exact: true });
  await expect(part(KO.learner.attempts)).toContainText(plain(texts.title));
  await expect(teacher.locator('.lp-place[data-node="node1"]')).toBeVisible();
  await expect(teacher.locator('.lp-timeline')).toContainText('numbers-api');
  await expect(part(KO.learner.recent).getByRole('listitem').first()).toBeVisible();
  await expect(part(KO.learner.lab).getByRole('row').filter({ hasText: 'node1' })).toContainText('MiB');
  await teacher.getByRole('link', { name: KO.learner.back }).click();
  await expect(teacher.getByRole('searchbox')).toHaveValue('민수');

  // Its address keeps what was chosen; a lab that is closed takes nothing from progress.
  await teacher.reload();
  await expect(teacher.getByRole('searchbox')).toHaveValue('민수');
  await lab.closeLab();
  await expect(row).toContainText(KO.labs.none);
  await expect(deploy).toHaveAttribute('data-state', 'passed');

  // Somebody who led it and does no more sees what a stranger sees.
  const invitation = (await (await post(teacher, `/api/cohorts/${cohort.id}/invitations`)).json()) as {
    link: string;
  };
  const other = await person(browser, product.origin);
  const token = invitation.link.replace(/.*#k=/, '');
  const account = { name: '최선생', passphrase: '강물 위의 작은 등불' };
  expect((await post(other, '/api/class/links/use', { token, account })).status()).toBe(204);
  const { instructors } = (await (
    await teacher.request.get(`/api/cohorts/${cohort.id}/instructors`)
  ).json()) as { instructors: { id: string; name: string }[] };
  const removed = instructors.find(({ name }) => name === account.name)?.id;
  await teacher.request.delete(`/api/cohorts/${cohort.id}/instructors/${removed}`, {
    headers: { ...CSRF, origin: product.origin },
  });
  expect((await post(other, '/api/class/sign-in', account)).status()).toBe(204);
  expect((await other.request.get(`/api/cohorts/${cohort.id}/live`)).status()).toBe(404);
  expect((await first.request.get(`/api/cohorts/${cohort.id}/live`)).status()).toBe(403);
});
