import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import papa from 'papaparse';
import { KO as LIVE } from '../src/class/live/texts-ko.ts';
import { KO as WATCH } from '../src/class/watch/texts-ko.ts';
import { WATCH_KO as BAR } from '../src/lab-pane/watch/texts-ko.ts';
import { classWith, type Person } from './page/care-class.ts';
import { startClass } from './page/class-pages.ts';
import { exerciseTexts } from './page/exercise-texts.ts';
import { type LabPage, plain } from './page/lab-page.ts';
import { expect, test } from './product/test.ts';

const NAMES = ['김민수', '이서연', '박지훈', '최유진', '정하늘', '강도윤', '조은서', '윤재호'] as const;
const TEACHER = '한지우';
/** Three seconds of work in vain. */
const STUCK = { ROLLOUT_LAB_STUCK_MINUTES: '0.05' };
const SIDE_BY_SIDE = 2;
const RENEWED_WITHIN_MS = 240_000;

interface Seat {
  readonly name: string;
  readonly person: Person;
  readonly lab: LabPage;
}

/** So many at a time: eight browsers that start at once tell nothing but how slow a small machine is. */
async function each(seats: readonly Seat[], work: (seat: Seat) => Promise<unknown>): Promise<void> {
  const left = [...seats];
  const lane = async (): Promise<void> => {
    for (let seat = left.shift(); seat !== undefined; seat = left.shift()) await work(seat);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
}

/** What the database says of who tried what and passed. */
function attemptsIn(dataDir: string): string[] {
  const database = new DatabaseSync(join(dataDir, 'web/rollout-lab.db'), { readOnly: true });
  try {
    return database
      .prepare(
        `SELECT name, exercise_id AS exercise, passed FROM attempt JOIN learner ON learner.id = learner_id
         ORDER BY attempt.id`,
      )
      .all()
      .map(({ name, exercise, passed }) => `${name} ${exercise} ${passed}`);
  } finally {
    database.close();
  }
}

test('an hour of a class: eight learners work, one is stuck, is watched and helped; resets, and the grades', async ({
  browser,
  startProduct,
}) => {
  test.setTimeout(780_000);
  const settings = startClass();
  const product = await startProduct({ env: { ...settings.env, ...STUCK } });
  const { teacher, cohort, learners } = await classWith(browser, product, NAMES);
  const seats: Seat[] = learners.map((person, at) => ({
    name: NAMES[at] ?? '',
    person,
    lab: person.labPage('ko'),
  }));
  const [stuck, quick] = seats;
  if (!stuck || !quick) throw new Error('nobody is there');
  const address = `/ko/class/?cohort=${cohort.id}`;
  const { page } = teacher;
  await page.goto(address);
  const rowOf = (name: string) => page.getByRole('row').filter({ hasText: name });

  // Everybody has a lab of their own, and works.
  await each(seats, async ({ lab }) => {
    await lab.open();
    await lab.start();
  });
  for (const { name } of seats) await expect(rowOf(name)).toContainText(LIVE.labs.ready);
  const seen = new Set<string>();
  await each(seats, async ({ lab }) => seen.add(await lab.terminal.run('hostname; ip -4 -o addr show eth0')));
  expect(seen.size).toBe(seats.length);
  await quick.lab.terminal.run('docker swarm init >/dev/null; cd ~/ch14/exercises');
  const merge = 'docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml > stack.yml';
  await quick.lab.terminal.run(
    `${merge} && docker stack deploy -c stack.yml numbers >/dev/null; clear`,
    90_000,
  );
  await expect(rowOf(quick.name).locator('[data-exercise="14.1-deploy"]')).toHaveAttribute(
    'data-state',
    'passed',
    { timeout: 90_000 },
  );

  // One gets nowhere and raises a hand.
  const texts = await exerciseTexts('14.1-deploy', 'ko');
  await expect(async () => {
    await stuck.lab.terminal.run('docker info | head -1');
    const cell = rowOf(stuck.name).locator('[data-exercise="14.1-deploy"]');
    await expect(cell).toHaveAttribute('data-state', 'stuck', { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await expect(rowOf(stuck.name)).toContainText(LIVE.now.failed(plain(texts.checks['swarm-active'] ?? '')));
  await stuck.person.page.locator('.cc-hand').click();
  const asking = stuck.person.page.getByRole('dialog');
  await asking.getByLabel('무엇이 막혔나요?').fill('스웜이 켜지지 않아요');
  await asking.getByRole('button', { name: '손들기' }).click();
  await page.getByRole('link', { name: /^도움/ }).click();
  const hand = page.locator('.ch-hands > li').filter({ hasText: stuck.name });
  await expect(hand).toContainText('스웜이 켜지지 않아요');
  await hand.getByRole('button', { name: '내가 갈게요' }).click();
  await expect(stuck.person.page.locator('.cc-hand')).toContainText(TEACHER);

  // Watched with consent, and shown by the instructor's own hands.
  const watching = await teacher.context.newPage();
  await watching.goto(`${address}&view=people`);
  await watching.getByRole('link', { name: `${stuck.name} 님의 실습 지켜보기` }).click();
  await watching.getByRole('button', { name: WATCH.ask, exact: true }).click();
  const answer = (question: string, word: string) =>
    stuck.person.page
      .getByRole('group', { name: question })
      .getByRole('button', { name: word })
      .click({ timeout: 30_000 });
  await answer(BAR.ask.watch(TEACHER), BAR.allow.watch);
  const screen = watching.locator('.wt-terminal:not([hidden])');
  await expect(screen.locator('.xterm-rows')).toContainText('$');
  await watching.getByRole('button', { name: WATCH.keyboard.ask, exact: true }).click();
  await answer(BAR.ask.keyboard(TEACHER), BAR.allow.keyboard);
  await expect(watching.locator('.lp-typing')).toHaveText(WATCH.keyboard.mine);
  await screen.locator('.xterm-helper-textarea').pressSequentially('docker swarm init | head -1\n');
  await stuck.lab.terminal.expectScreen('Swarm initialized');
  await watching.getByRole('button', { name: WATCH.stop, exact: true }).click();
  await watching.close();
  await hand.getByRole('button', { name: '도와줬어요' }).click();
  await stuck.lab.expectMet(texts.checks['swarm-active'] ?? '');

  // Reset one, then all: nobody else's lab, then everybody's.
  await page.getByRole('link', { name: '지금', exact: true }).click();
  const generations = () => Promise.all(seats.map(async ({ lab }) => (await lab.session())?.generation ?? 0));
  const reset = async (reason: string, people: number): Promise<void> => {
    await page
      .getByRole('group', { name: '실습 환경 관리' })
      .getByRole('button', { name: /^초기화/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('이유').fill(reason);
    await dialog.getByRole('button').last().click();
    const round = page.getByRole('region', { name: '실습 환경 작업' }).getByRole('article').first();
    await expect(round).toContainText('모두 끝났어요', { timeout: RENEWED_WITHIN_MS });
    await expect(round.getByRole('listitem').filter({ hasText: '완료' })).toHaveCount(people);
  };
  await rowOf(stuck.name).getByRole('checkbox').check();
  await reset('처음부터 같이 해요', 1);
  expect(await generations()).toEqual([2, 1, 1, 1, 1, 1, 1, 1]);
  await page.reload();
  await page.getByRole('row').first().getByRole('checkbox').check();
  await reset('다음 수업을 준비해요', 8);
  expect(await generations()).toEqual([3, 2, 2, 2, 2, 2, 2, 2]);
  await expect(quick.lab.pane).toContainText(`${TEACHER} 강사가 실습 환경을 초기화했어요.`);
  await quick.lab.terminal.expectPrompt(60_000);

  // Progress outlives resets, and the export says what the database has.
  await page.getByRole('link', { name: '성적', exact: true }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '시도 기록 CSV', exact: true }).click(),
  ]);
  const csv = (await readFile(await file.path(), 'utf8')).slice(1);
  const { data } = papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  const exported = data.map((row) => `${row['이름']} ${row['실습']} ${row['통과']}`);
  expect(exported).toEqual(attemptsIn(product.dataDir));
  expect(exported).toContain(`${quick.name} 14.1-deploy 1`);
});
