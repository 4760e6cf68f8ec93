import { exerciseTexts } from './page/exercise-texts.ts';
import { LabPage } from './page/lab-page.ts';
import { expect, signIn, test } from './product/test.ts';

const PREPARED_WITHIN_MS = 90_000;
const MERGED = [
  'docker-compose',
  ...['docker-compose', 'prod', 'prod-healthcheck', 'prod-update-config', 'v3'].flatMap((file) => [
    '-f',
    `./numbers/${file}.yml`,
  ]),
  '--log-level ERROR config > stack.yml',
].join(' ');

test('while an update runs, one line says what it waits for, and goes when all is quiet', async ({
  page,
  startProduct,
}) => {
  test.setTimeout(240_000);
  const product = await startProduct();
  const lab = new LabPage(page, product.origin, 'ko', '14.2');
  const { terminal, words } = lab;
  const rollout = await exerciseTexts('14.2-rollout', 'ko');
  await signIn(page, product);
  await lab.open();
  await lab.start();
  await lab.chooseExercise(rollout.title);
  await lab.prepare();
  await expect(lab.tabs.first()).toBeHidden();
  await terminal.expectPrompt(PREPARED_WITHIN_MS);

  const line = lab.exercise.getByRole('list', { name: words.waits.region }).getByRole('listitem');
  await expect(line).toHaveCount(0);
  await terminal.run('cd ch14/exercises');
  await terminal.run(MERGED);
  await terminal.run('docker stack deploy -c stack.yml numbers', 60_000);
  const monitor = line
    .filter({ hasText: 'numbers_numbers-api 서비스' })
    .filter({ hasText: words.waits.reasons.monitor('1초').split('1초')[0] ?? '' });
  await expect(monitor).toBeVisible({ timeout: 90_000 });
  const seconds = async () => Number(/(\d+)초/.exec((await monitor.textContent()) ?? '')?.[1] ?? Number.NaN);
  const first = await seconds();
  expect(first).toBeGreaterThan(0);
  await expect.poll(seconds, { timeout: 8_000 }).toBeLessThan(first);
  await expect(line).toHaveCount(0, { timeout: 150_000 });
});
