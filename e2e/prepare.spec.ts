import { exerciseTexts } from './page/exercise-texts.ts';
import { LabPage, plain } from './page/lab-page.ts';
import { expect, signIn, test } from './product/test.ts';

const PREPARED_WITHIN_MS = 90_000;

test('an exercise can be entered directly: what differs, then its start', async ({ page, startProduct }) => {
  test.setTimeout(180_000);
  const product = await startProduct();
  const lab = new LabPage(page, product.origin, 'ko');
  const { terminal, words } = lab;
  const health = await exerciseTexts('14.1-health', 'ko');
  await signIn(page, product);
  await lab.open();
  await lab.start();
  await terminal.run('touch ~/mine');
  await lab.chooseExercise(health.title);
  const offer = lab.exercise.getByRole('region', { name: words.prepare.button });
  await expect(offer).toContainText(words.prepare.differs);
  await expect(offer.getByRole('listitem').first()).toBeVisible();

  await offer.getByRole('button', { name: words.prepare.button, exact: true }).click();
  await expect(lab.dialog).toContainText(words.prepare.body);
  await expect(lab.dialog).toContainText(words.prepare.kept[0] ?? '');
  const before = await lab.session();
  await lab.dialog.getByRole('button', { name: words.prepare.confirm, exact: true }).click();
  await expect(lab.pane.getByRole('heading', { name: words.status.preparing })).toBeVisible();
  await expect(lab.pane.getByRole('listitem').filter({ hasText: words.steps.replaying })).toBeVisible();

  await terminal.expectPrompt(PREPARED_WITHIN_MS);
  const after = await lab.session();
  expect(after?.generation).toBe((before?.generation ?? 0) + 1);
  expect(after?.activeExercise).toBe('14.1-health');
  expect(await terminal.run('docker stack services --format "{{.Name}}" numbers')).toContain(
    'numbers_numbers-api',
  );
  expect(await terminal.run('ls ~/mine')).toContain('No such file');
  await expect(lab.exercise.getByRole('heading', { name: plain(health.title) })).toBeVisible();
  await expect(offer).toHaveCount(0);
});

test('the menu prepares any exercise at any time, and an exercise under way is not disturbed', async ({
  lab,
}) => {
  test.setTimeout(180_000);
  const { words } = lab;
  const inspect = await exerciseTexts('14.1-inspect', lab.language);
  const offer = lab.exercise.getByRole('region', { name: words.prepare.button });
  await lab.chooseExercise(inspect.title);
  await expect(offer).toBeVisible();
  await offer.getByRole('button', { name: words.prepare.keep }).click();
  await expect(offer).toHaveCount(0);
  await lab.open();
  await lab.terminal.expectPrompt();
  await expect(lab.exercise.getByRole('heading', { name: plain(inspect.title) })).toBeVisible();
  await expect(offer).toHaveCount(0);

  await lab.prepare();
  await expect(lab.tabs.first()).toBeHidden();
  await lab.terminal.expectPrompt(PREPARED_WITHIN_MS);
  await lab.prepare();
  await expect(lab.tabs.first()).toBeHidden();
  await lab.terminal.expectPrompt(PREPARED_WITHIN_MS);
  expect((await lab.session())?.activeExercise).toBe('14.1-inspect');
});

test('two windows: a reset opens one terminal', async ({ lab }) => {
  const twin = new LabPage(await lab.page.context().newPage(), new URL(lab.page.url()).origin, 'en');
  await twin.open();
  await twin.terminal.expectPrompt();
  await twin.reset();
  await expect(twin.tabs.first()).toBeHidden();
  await twin.terminal.expectPrompt(60_000);
  await lab.terminal.expectPrompt(60_000);
  await lab.page.waitForTimeout(2_500);
  expect((await lab.session())?.terminals).toHaveLength(1);
  await twin.page.close();
});
