import type { Page } from '@playwright/test';
import type { Language } from '../contract/language.ts';
import { type ExerciseTexts, exerciseTexts } from './page/exercise-texts.ts';
import { reloadAlive } from './page/goto-alive.ts';
import { LabPage, plain } from './page/lab-page.ts';
import type { ProductServer } from './product/product-server.ts';
import { expect, signIn, test } from './product/test.ts';

/** Six replicas, one at a time, about six seconds each, and five to see that the last one stays. */
const UPDATE_WITHIN_MS = 120_000;
const HEALED_WITHIN_MS = 60_000;

/** Section 14.1 from the launch link to the chapter's overview, with the commands of the notes as they stand. */
export async function learnSection141(page: Page, product: ProductServer, language: Language): Promise<void> {
  const lab = new LabPage(page, product.origin, language);
  const { terminal, words } = lab;
  const deploy = await exerciseTexts('14.1-deploy', language);
  const health = await exerciseTexts('14.1-health', language);
  const inspect = await exerciseTexts('14.1-inspect', language);

  await test.step('sign in by the link and open the lesson', async () => {
    await signIn(page, product);
    const row = await lab.openOverview();
    await expect(row).toContainText('0 / 3');
    await row.getByRole('link').click();
    await expect(page).toHaveURL(new RegExp(`/${language}/chapter-14/14-1/`));
    await lab.start();
    await expect(card(page, '14.1-deploy')).toHaveAttribute('data-status', 'active');
  });

  await test.step('before the first command the page says what is missing', async () => {
    await expect(lab.check(deploy.checks['swarm-active'] ?? '')).toContainText(
      plain(deploy.messages['swarm-off'] ?? ''),
    );
    await expectLanguage(lab);
  });

  await test.step('deploy v1 from merged files', async () => {
    await terminal.run('cd ch14/exercises');
    await terminal.run('docker swarm init');
    await lab.expectMet(deploy.checks['swarm-active'] ?? '');
    await expect(lab.check(deploy.checks['stack-deployed'] ?? '')).toContainText(
      plain(deploy.messages['stack-missing'] ?? '').split('{')[0] ?? '',
    );
    await terminal.run(
      'docker-compose -f ./numbers/docker-compose.yml -f ./numbers/prod.yml config > stack.yml',
    );
    await terminal.run('docker stack deploy -c stack.yml numbers', 40_000);
    const services = await terminal.run('docker stack services numbers');
    expect(services).toMatch(/numbers_numbers-api\s+replicated/);
    expect(services).toMatch(/numbers_numbers-web\s+global/);
    await expectPassed(lab, deploy);
    await expect(card(page, '14.1-deploy')).toHaveAttribute('data-status', 'passed');
  });

  await test.step('update to v2 with health checks', async () => {
    await lab.button(new RegExp(health.title)).last().click();
    await expect(lab.exercise.getByRole('heading', { name: plain(health.title) })).toBeVisible();
    await expect(card(page, '14.1-health')).toHaveAttribute('data-status', 'active');
    await terminal.run(
      'docker-compose -f ./numbers/docker-compose.yml -f ./numbers/prod.yml' +
        ' -f ./numbers/prod-healthcheck.yml -f ./numbers/v2.yml --log-level ERROR config > stack.yml',
    );
    await terminal.run('docker stack deploy -c stack.yml numbers', 40_000);
    await terminal.run('docker stack ps numbers');
    const completed = lab.check(health.checks['update-completed'] ?? '');
    await expect(completed).toContainText(words.exercise.verdicts.pending);
    await expect(completed).toContainText('updating');
    await expectPassed(lab, health, UPDATE_WITHIN_MS);
    await expect(card(page, '14.1-health')).toHaveAttribute('data-status', 'passed');
  });

  await test.step('look into the tasks and answer what the terminal shows', async () => {
    await lab.button(new RegExp(inspect.title)).last().click();
    await expect(lab.exercise.getByRole('heading', { name: plain(inspect.title) })).toBeVisible();
    await answerQuestions(lab, inspect);
    await expectPassed(lab, inspect, HEALED_WITHIN_MS);
    await expect(lab.exercise.getByText(words.exercise.allDone)).toBeVisible();
    await expectLanguage(lab);
  });

  await test.step('the overview and a reload show the same', async () => {
    await reloadAlive(page);
    for (const id of ['14.1-deploy', '14.1-health', '14.1-inspect']) {
      await expect(card(page, id)).toHaveAttribute('data-status', 'passed');
    }
    await terminal.expectPrompt();
    await expect(lab.exercise.getByText(words.exercise.allDone)).toBeVisible();
    await expect(await lab.openOverview()).toContainText('3 / 3');
  });
}

/** A wrong answer first, where a wrong reading is likely; every right one is read off the terminal. */
async function answerQuestions(lab: LabPage, texts: ExerciseTexts): Promise<void> {
  const { terminal } = lab;
  const title = (id: string): string => texts.checks[id] ?? '';
  const option = (id: string, name: string): string => plain(texts.options[id]?.[name] ?? '');

  await choose(lab, title('web-mode'), option('web-mode', 'host'));
  await expect(lab.check(title('web-mode'))).toContainText(plain(texts.messages['mode-swapped'] ?? ''));
  const services = await terminal.run('docker stack services --format "{{.Name}} {{.Mode}}" numbers');
  const mode = /numbers_numbers-web (\w+)/.exec(services)?.[1] ?? 'none';
  await choose(lab, title('web-mode'), option('web-mode', mode));
  await lab.expectMet(title('web-mode'));

  await choose(lab, title('ports-column'), option('ports-column', 'host-mode'));
  await lab.expectMet(title('ports-column'));

  const inspected = await terminal.run(
    'docker service inspect --pretty numbers_numbers-api | grep -m1 Parallelism',
  );
  await fill(lab, title('update-parallelism'), /\d+/.exec(inspected)?.[0] ?? 'none');
  await lab.expectMet(title('update-parallelism'));

  await fill(lab, title('failed-slot'), '1');
  await expect(lab.check(title('failed-slot'))).toContainText(plain(texts.messages['nothing-failed'] ?? ''));

  await terminal.run('clear');
  await terminal.run('for i in $(seq 40); do curl -s localhost >/dev/null; done', 60_000);
  await lab.expectMet(title('healed'), HEALED_WITHIN_MS);

  const failed = await terminal.run(
    "docker service ps --no-trunc --format '{{.Name}} {{.Error}}' numbers_numbers-api | grep -m1 unhealthy",
  );
  await fill(lab, title('failed-slot'), /numbers-api\.(\d+)/.exec(failed)?.[1] ?? 'none');
  await lab.expectMet(title('failed-slot'));

  const count = await terminal.run(
    'docker service ps -q --filter desired-state=shutdown numbers_numbers-api | wc -l',
  );
  await fill(lab, title('shutdown-tasks'), count.trim());
  await lab.expectMet(title('shutdown-tasks'));

  await choose(lab, title('what-healed'), option('what-healed', 'health-check'));
  await lab.expectMet(title('what-healed'));
}

async function choose(lab: LabPage, check: string, option: string): Promise<void> {
  const row = lab.check(check);
  await row.getByRole('radio', { name: option, exact: true }).check();
  await row.getByRole('button', { name: lab.words.question.submit }).click();
}

async function fill(lab: LabPage, check: string, answer: string): Promise<void> {
  const row = lab.check(check);
  await row.getByRole('textbox').fill(answer);
  await row.getByRole('button', { name: lab.words.question.submit }).click();
}

async function expectPassed(lab: LabPage, texts: ExerciseTexts, timeoutMs = 60_000): Promise<void> {
  const titles = Object.values(texts.checks);
  const { progress, passedTitle } = lab.words.exercise;
  await expect(lab.exercise.getByText(progress(titles.length, titles.length))).toBeVisible({
    timeout: timeoutMs,
  });
  await expect(lab.exercise.getByText(passedTitle, { exact: true })).toBeVisible();
  for (const title of titles) await lab.expectMet(title);
}

/** The English pane shows no Hangul outside the terminal, and the Korean one does. */
async function expectLanguage(lab: LabPage): Promise<void> {
  const text = (await lab.exercise.textContent()) ?? '';
  if (lab.language === 'ko') expect(text).toMatch(/[가-힣]/);
  else expect(text).not.toMatch(/[가-힣]/);
}

function card(page: Page, exercise: string) {
  return page.locator(`[data-exercise="${exercise}"]`);
}
