import { exerciseTexts } from './page/exercise-texts.ts';
import { LabPage } from './page/lab-page.ts';
import { TimelineOnPage } from './page/timeline-on-page.ts';
import { type EngineTask, InnerEngine } from './product/inner-engine.ts';
import { expect, signIn, test } from './product/test.ts';

const API = 'numbers_numbers-api';
const PREPARED_WITHIN_MS = 90_000;
const ROLLED_BACK_WITHIN_MS = 90_000;
const MERGE = (...files: string[]) =>
  `docker stack config ${files.map((file) => `-c numbers/${file}.yml`).join(' ')} > stack.yml`;
const PRODUCTION = ['docker-compose', 'prod', 'prod-healthcheck', 'prod-update-config'] as const;
/** The page hears of a change within a moment; two looks at the engine around one at the page frame it. */
const AGREES_WITHIN_MS = 10_000;
const CLOCK_TOLERANCE_MS = 1_500;

const ENDED = /^(complete|shutdown|failed|rejected|remove|orphaned)$/;

/** Counted as the lanes show it: by version, and by what becomes of the task. */
function living(tasks: readonly EngineTask[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { DesiredState, Status, Spec } of tasks) {
    if (ENDED.test(Status.State)) continue;
    const tag = Spec.ContainerSpec.Image.split('@')[0]?.split(':')[1] ?? '';
    const look =
      DesiredState === 'shutdown' ? 'stopping' : Status.State === 'running' ? 'running' : 'starting';
    counts[`${tag} ${look}`] = (counts[`${tag} ${look}`] ?? 0) + 1;
  }
  return counts;
}

const PHASE_OF: Readonly<Record<string, string>> = {
  updating: 'updating',
  rollback_started: 'rolling-back',
  rollback_completed: 'rolled-back',
  completed: 'completed',
};

test('a bad version rolls back, and the timeline shows what the engine says at every moment', async ({
  page,
  startProduct,
}) => {
  test.setTimeout(280_000);
  const product = await startProduct();
  const lab = new LabPage(page, product.origin, 'ko', '14.3');
  const timeline = new TimelineOnPage(lab);
  const engine = new InnerEngine(product);
  const { terminal } = lab;
  const { words } = timeline;
  await signIn(page, product);
  await lab.open();
  await lab.start();
  await lab.chooseExercise((await exerciseTexts('14.3-auto-rollback', 'ko')).title);
  await lab.prepare();
  await expect(lab.tabs.first()).toBeHidden();
  await terminal.expectPrompt(PREPARED_WITHIN_MS);
  await timeline.open();
  await expect(timeline.region).toContainText(words.recentHint.split('.')[0] ?? '');
  await expect.poll(() => timeline.living()).toEqual({ 'v3 running': 6 });

  await terminal.run('cd ch14/exercises');
  await terminal.run(MERGE(...PRODUCTION, 'v5-bad'));
  await terminal.run('docker stack deploy -c stack.yml numbers', 60_000);

  /** What both said in the same moment, until the engine says that this state is reached. */
  const states: string[] = [];
  await expect
    .poll(
      async () => {
        const state = (await engine.service(API)).UpdateStatus?.State ?? 'none';
        if (states.at(-1) !== state) {
          states.push(state);
          await expectAgreement(engine, timeline, state);
        }
        return state;
      },
      { timeout: ROLLED_BACK_WITHIN_MS, intervals: [300] },
    )
    .toBe('rollback_completed');
  expect(states.filter((state) => state !== 'none')).toEqual([
    'updating',
    'rollback_started',
    'rollback_completed',
  ]);
  await expectAgreement(engine, timeline, 'rollback_completed');

  const { ID, UpdateStatus } = await engine.service(API);
  const phases = await timeline.phases();
  expect(phases.map(({ phase }) => phase).filter((phase) => phase !== 'monitor')).toEqual([
    'updating',
    'rolling-back',
    'rolled-back',
  ]);
  const startedAtMs = Date.parse(UpdateStatus?.StartedAt ?? '');
  const completedAtMs = Date.parse(UpdateStatus?.CompletedAt ?? '');
  expect(Math.abs((phases[0]?.fromMs ?? 0) - startedAtMs)).toBeLessThan(CLOCK_TOLERANCE_MS);
  expect(Math.abs((phases.at(-1)?.fromMs ?? 0) - completedAtMs)).toBeLessThan(CLOCK_TOLERANCE_MS);

  const failed = (await engine.tasks(ID)).filter(({ Status }) => Status.State === 'failed');
  expect(failed.length).toBeGreaterThan(0);
  await expect(timeline.chart.locator('.lp-tl-failed')).toHaveCount(failed.length);
  await expect(timeline.chart.locator('[data-lane]')).toHaveCount(6);
  await expect(timeline.rollouts).toContainText(`v3 → v5 · ${words.outcomes['rolled-back']}`);

  await test.step('visitors were asked for about once a second, and spent nothing', async () => {
    const visits = await timeline.visits();
    const all = Object.values(visits).reduce((sum, count) => sum + count, 0);
    expect(all).toBeGreaterThan(((completedAtMs - startedAtMs) / 1_000) * 0.5);
    expect(all).toBeLessThan(((completedAtMs - startedAtMs) / 1_000) * 1.3 + 12);
    expect(visits['ok']).toBeGreaterThan(3);
    // Each of six APIs gives three numbers: had the requests cost any, none would be left.
    expect(await terminal.run('curl -s localhost')).toContain('number ');
    expect(await terminal.run('docker service logs numbers_numbers-api 2>&1 | grep -c "broken from"')).toBe(
      '0',
    );
  });

  await test.step('any moment can be gone back to, by key and by pointer', async () => {
    await timeline.chart.focus();
    await page.keyboard.press('Home');
    await expect(timeline.readout).toContainText(words.moment.tasks('v3', 6, words.looks.running));
    await expect(timeline.chart).toHaveAttribute('aria-valuetext', /^-1\.5초/);
    for (let press = 0; press < 3; press++) await page.keyboard.press('PageUp');
    await expect(timeline.readout).toContainText(words.phases.updating);
    await expect(timeline.readout).toContainText(words.moment.running(6, 6));
    await expect(timeline.button(words.live)).toHaveAttribute('aria-pressed', 'false');
    const box = await timeline.chart.boundingBox();
    if (box === null) throw new Error('the chart is not drawn');
    await page.mouse.click(box.x + box.width - 14, box.y + 30);
    await expect(timeline.readout).toContainText(words.phases['rolled-back']);
    await timeline.button(words.live).click();
    await expect(timeline.button(words.live)).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('a verdict leads to its moment', async () => {
    await timeline.leaveFor('exercise');
    const proof = lab.exercise.getByRole('button', { name: /타임라인 보기$/ }).first();
    await proof.click();
    await expect(timeline.chart).toBeVisible();
    await expect(timeline.button(words.live)).toHaveAttribute('aria-pressed', 'false');
    await timeline.button(words.live).click();
  });

  await test.step('it is there as text, and as files', async () => {
    await timeline.button(words.text).click();
    const log = timeline.region.getByRole('log');
    await expect(log).toContainText(words.log.replacing(words.log.replica(failed[0]?.Slot ?? 0), 'v3', 'v5'));
    await expect(log).toContainText(words.log.failed(words.log.replica(failed[0]?.Slot ?? 0), 'v5'));
    await expect(log).toContainText(words.log.state('rollback_completed'));
    const text = (await timeline.saved('text')).content.toString();
    expect(text).toContain(words.log.state('rollback_started'));
    await timeline.button(words.text).click();

    const svg = await timeline.saved('svg');
    const drawing = svg.content.toString();
    expect(svg.name).toBe('numbers_numbers-api-v3-v5.svg');
    expect(drawing).toContain(words.chart('numbers-api'));
    expect(drawing).toContain(words.phases['rolled-back']);
    expect(drawing).toContain(words.legendDesired);
    expect(drawing).not.toMatch(/var\(|class=|url\(|https?:\/\/(?!www\.w3\.org)/);
    const png = await timeline.saved('png');
    expect(png.content.subarray(1, 4).toString()).toBe('PNG');
    expect(png.content.length).toBeGreaterThan(10_000);
  });

  await test.step('a second rollout is set beside it, also after a reset', async () => {
    await terminal.run(MERGE(...PRODUCTION, 'v5'));
    await terminal.run('docker stack deploy -c stack.yml numbers', 60_000);
    await expect
      .poll(async () => (await engine.service(API)).UpdateStatus?.State, { timeout: 90_000 })
      .toBe('completed');
    await expect
      // It begins in what the one before has led to.
      .poll(async () => (await timeline.phases()).map(({ phase }) => phase).slice(-3))
      .toEqual(['updating', 'monitor', 'completed']);
    await timeline.button(words.compare).click();
    const table = timeline.region.getByRole('table');
    await expect(timeline.region.getByRole('slider')).toHaveCount(2);
    const row = (name: string) =>
      table.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
    await expect(row(words.comparison.outcome).getByRole('cell')).toHaveText([
      words.outcomes.completed,
      words.outcomes['rolled-back'],
    ]);
    await expect(row(words.comparison.failedTasks).getByRole('cell')).toHaveText([
      '0',
      String(failed.length),
    ]);
    await expect(row(words.comparison.lowest).getByRole('cell')).toHaveText(['6', '6']);
    await timeline.button(words.compare).click();

    await lab.reset();
    await expect(lab.tabs.first()).toBeHidden();
    await terminal.expectPrompt(PREPARED_WITHIN_MS);
    await expect(timeline.rollouts.locator('option')).toHaveCount(2);
    await expect(timeline.rollouts).toContainText(words.outcomes['rolled-back']);
    await expect(timeline.chart.locator('[data-lane]')).toHaveCount(6);
    await expect(timeline.chart.locator('.lp-tl-life').first()).toBeVisible();
  });
});

/** The page shows the engine's tasks and state, unless they change while we look. */
async function expectAgreement(engine: InnerEngine, timeline: TimelineOnPage, state: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const { ID } = await engine.service(API);
        const before = living(await engine.tasks(ID));
        const drawn = await timeline.living();
        const phases = await timeline.phases();
        const after = living(await engine.tasks(ID));
        const now = (await engine.service(API)).UpdateStatus?.State;
        // It has gone on: the next look is another moment.
        if (now !== state) return true;
        const isSteady = JSON.stringify(before) === JSON.stringify(after);
        const last = phases.at(-1)?.phase;
        const hasPhase =
          last === PHASE_OF[state] || (last === 'monitor' && /updating|rollback_started/.test(state));
        return isSteady && hasPhase && JSON.stringify(sorted(drawn)) === JSON.stringify(sorted(after));
      },
      { message: `the page agrees with the engine while it is ${state}`, timeout: AGREES_WITHIN_MS },
    )
    .toBe(true);
}

function sorted(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).sort(([one], [other]) => one.localeCompare(other));
}
