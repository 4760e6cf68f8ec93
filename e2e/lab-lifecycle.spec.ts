import { ERROR_TEXTS } from '../contract/error-texts.ts';
import { exerciseTexts } from './page/exercise-texts.ts';
import { LabPage, plain } from './page/lab-page.ts';
import { containersOf } from './product/leftovers.ts';
import { expect, signIn, test } from './product/test.ts';

test('a cold start shows its steps, and closing gives everything back', async ({ page, startProduct }) => {
  const product = await startProduct({ env: { ROLLOUT_LAB_WARM: '0' } });
  const lab = new LabPage(page, product.origin, 'ko');
  await signIn(page, product);
  await lab.open();
  await lab.button(lab.words.start.button).click();
  await expect(lab.pane.getByRole('heading', { name: lab.words.status.provisioning })).toBeVisible();
  await expect(lab.pane.getByText(lab.words.steps.booting).first()).toBeVisible();
  await lab.start();
  expect(await lab.terminal.run('docker info --format "{{.Swarm.LocalNodeState}}"')).toBe('inactive');

  await lab.chooseFromMenu(lab.words.tools.close);
  await lab.dialog.getByRole('button', { name: lab.words.close.confirm, exact: true }).click();
  await expect(lab.pane.getByRole('heading', { name: lab.words.start.closedTitle })).toBeVisible();
  await expect.poll(async () => (await containersOf(await product.owner())).length).toBe(0);
  await lab.button(lab.words.start.startAgain).click();
  await lab.terminal.expectPrompt(60_000);
});

test('a reset asks first, gives a fresh node and keeps the progress', async ({ lab }) => {
  const { terminal, words } = lab;
  const texts = await exerciseTexts('14.1-deploy', 'ko');
  const swarmActive = texts.checks['swarm-active'] ?? '';
  await terminal.run('touch ~/mine; docker swarm init >/dev/null');
  await lab.expectMet(swarmActive);
  await lab.exercise.getByRole('button', { name: words.help.hint(0, 3) }).click();
  await expect(lab.exercise.getByText(words.help.hintNumber(1))).toBeVisible();

  await lab.button(words.tools.reset).click();
  await expect(lab.dialog).toContainText(words.reset.lost[0] ?? '');
  await expect(lab.dialog).toContainText(words.reset.kept[0] ?? '');
  await lab.dialog.getByRole('button', { name: words.cancel }).click();
  expect(await terminal.run('ls ~/mine')).toContain('mine');

  const before = await lab.session();
  await lab.reset();
  await expect.poll(async () => (await lab.session())?.generation).toBe((before?.generation ?? 0) + 1);
  await expect(lab.check(swarmActive)).toContainText(plain(texts.messages['swarm-off'] ?? ''));
  expect(await terminal.run('ls ~/mine')).toContain('No such file');
  await expect(lab.exercise.getByText(words.help.hintNumber(1))).toBeVisible();
});

test('an idle lab is frozen, and the next visit goes on in the same shell', async ({
  page,
  startProduct,
}) => {
  const product = await startProduct({
    env: { ROLLOUT_LAB_IDLE_PAUSE_MINUTES: '0.05', ROLLOUT_LAB_WARM: '0' },
  });
  const lab = new LabPage(page, product.origin, 'en');
  await signIn(page, product);
  await lab.open();
  await lab.start();
  await lab.terminal.run('KEPT=over-the-pause');
  await page.goto('about:blank');
  const owner = await product.owner();
  await expect
    .poll(async () => (await containersOf(owner)).map(({ State }) => State), { timeout: 30_000 })
    .toEqual(['paused']);
  expect((await lab.session())?.status.state).toBe('paused');
  await lab.open();
  await lab.terminal.expectPrompt();
  expect(await lab.terminal.run('echo $KEPT')).toBe('over-the-pause');
});

test('two windows of one learner show one lab', async ({ lab, product }) => {
  const twin = new LabPage(await lab.page.context().newPage(), product.origin, 'en');
  await twin.open();
  await twin.terminal.expectPrompt();
  await lab.terminal.run('echo 창-하나');
  await twin.terminal.expectScreen('창-하나');
  await twin.terminal.run('SHARED=yes');
  expect(await lab.terminal.run('echo $SHARED')).toBe('yes');
  await twin.button(twin.words.terminal.add('node1')).click();
  await expect(lab.tabs).toHaveCount(2);
  const before = await lab.session();
  await twin.reset();
  await expect.poll(async () => (await lab.session())?.generation).toBe((before?.generation ?? 0) + 1);
  await twin.terminal.expectPrompt();
  expect(await lab.terminal.run('echo shared: $SHARED.')).toBe('shared: .');
  await twin.page.close();
});

test('without a sign-in the lesson can be read and the lab says how to sign in', async ({
  page,
  product,
}) => {
  for (const language of ['ko', 'en'] as const) {
    const lab = new LabPage(page, product.origin, language);
    await lab.open();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(lab.pane.getByText(lab.words.start.signInTitle)).toBeVisible();
    await expect(lab.pane).toContainText(plain(ERROR_TEXTS.NOT_SIGNED_IN[language]));
  }
  const response = await page.request.get(`${product.origin}/api/lab-sessions`);
  expect(response.status()).toBe(401);
  expect(((await response.json()) as { code: string }).code).toBe('NOT_SIGNED_IN');
});

test('a launch link works once', async ({ browser, page, product }) => {
  const link = await product.newLink();
  await using context = await browser.newContext();
  const first = await context.newPage();
  await signIn(first, product, link);
  // The secret is out of the address bar, and whoever is signed in may open the link again.
  expect(first.url()).not.toContain('#t=');
  await first.goto(`${link.replace('/#', '/ko/#')}`);
  await expect(first.getByRole('alert')).toHaveCount(0);

  for (const language of ['ko', 'en'] as const) {
    await page.goto(link.replace('/#', `/${language}/#`));
    await expect(page.getByRole('alert')).toHaveText(plain(ERROR_TEXTS.LAUNCH_LINK_INVALID[language]));
    await page.goto(link.replace('/#', `/${language}/chapter-14/14-1/#`));
    await expect(page.locator('lab-pane')).toContainText(plain(ERROR_TEXTS.LAUNCH_LINK_INVALID[language]));
  }
});
