import type { Page } from '@playwright/test';
import { LabPage } from './page/lab-page.ts';
import { MapOnPage } from './page/map-on-page.ts';
import { preparedLab, switchPower } from './page/prepared-lab.ts';
import type { ProductServer } from './product/product-server.ts';
import { type SwarmTruth, swarmTruth } from './product/swarm-truth.ts';
import { expect, signIn, test } from './product/test.ts';

const LOST_WITHIN_MS = 60_000;
/** The map is far quicker; this is until two looks of ours at a moving swarm agree, on a machine that is busy. */
const AGREES = { withinMs: 60_000, lagMs: 4_000 };
const NOBODY: SwarmTruth = { alive: [], running: {}, failed: [], updates: {}, nodes: [] };
const API = 'numbers_numbers-api';
const V5_BAD = [
  'docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml -c numbers/prod-healthcheck.yml',
  '-c numbers/prod-update-config.yml -c numbers/v5-bad.yml > stack.yml',
].join(' ');

async function withMap(page: Page, product: ProductServer, lesson: string, exercise: string) {
  const made = await preparedLab(page, product, { lesson, exercise });
  const map = new MapOnPage(made.lab);
  await map.show();
  return { ...made, made, map };
}

const countOf = ({ alive }: SwarmTruth, pattern: RegExp): number =>
  alive.filter((task) => pattern.test(task)).length;

test('a bad version and its rollback: the map shows what the engine says, at every turn', async ({
  page,
  startProduct,
}) => {
  test.setTimeout(300_000);
  const { lab, map, engines } = await withMap(page, await startProduct(), '14.3', '14.3-auto-rollback');
  const ask = () => swarmTruth(engines, 'node1');
  await map.agreesWhen('six replicas of v3', ({ running }) => running[`${API} v3`] === 6, ask, AGREES);

  await lab.terminal.run('cd ch14/exercises');
  await lab.terminal.run(V5_BAD);
  await lab.terminal.enter('docker stack deploy -c stack.yml numbers');
  await map.agreesWhen(
    'new tasks beside six old ones',
    (truth) =>
      truth.updates[API] === 'updating' &&
      countOf(truth, / v5 starting /) >= 3 &&
      truth.running[`${API} v3`] === 6,
    ask,
    AGREES,
  );
  await map.agreesWhen('a failure', ({ failed }) => failed.length > 0, ask, AGREES);
  const failure = map.region.locator('.lp-tile[data-phase="failed"]').first();
  await failure.hover();
  await expect(map.region.getByRole('tooltip')).toContainText(map.words.troubles.unhealthy);
  await expect(map.region.getByRole('tooltip')).toContainText('unhealthy container');
  await page.mouse.move(0, 0);
  await map.agreesWhen(
    'rolled back',
    ({ updates, running }) => updates[API] === 'rollback_completed' && running[`${API} v3`] === 6,
    ask,
    AGREES,
  );
  await expect(map.region.getByText(map.words.updates.rollback_completed)).toBeVisible();
  // What has ended goes in time, with nothing happening any more.
  await expect(map.region.locator('.lp-tile[data-state="shutdown"]')).toHaveCount(0, { timeout: 30_000 });
});

test('managers go one by one: without quorum the map says since when, and what still runs', async ({
  page,
  startProduct,
}) => {
  test.setTimeout(400_000);
  const { made, map, engines } = await withMap(page, await startProduct(), '14.5', '14.5-quorum');
  const ask = () => swarmTruth(engines, 'node1');
  const isLed = ({ nodes }: SwarmTruth): boolean => nodes.some((node) => / leader ready$/.test(node));
  await map.agreesWhen('three managers, one leads', isLed, ask, AGREES);

  await switchPower(made, 'node3', false);
  await map.agreesWhen(
    'one manager is down and its replicas run elsewhere',
    (truth) => truth.nodes.some((node) => /^node3 .* down$/.test(node)) && truth.running[`${API} v5`] === 6,
    ask,
    { withinMs: LOST_WITHIN_MS, lagMs: AGREES.lagMs },
  );
  await expect(map.place('node3')).toContainText(map.words.node.conditions.off);
  await expect(map.place('node3').locator('.lp-tile[data-phase="running"]')).toHaveCount(0);

  await switchPower(made, 'node2', false);
  const stale = map.region.locator('.lp-stale');
  await expect(stale).toBeVisible({ timeout: LOST_WITHIN_MS });
  await expect(stale).toContainText(map.words.stale('').replace(/^ */, '').slice(-16));
  await expect(ask()).rejects.toThrow(/leader|deadline|timeout|abort/i);
  const containers = await engines.get<{ Labels: Record<string, string> }[]>('node1', '/containers/json');
  const running = containers.flatMap(({ Labels }) => Labels['com.docker.swarm.task.id'] ?? []);
  const cut = map.place('node1').locator('.lp-tile[data-phase="cut"]');
  await expect
    .poll(async () =>
      (await cut.evaluateAll((all) => all.map((tile) => tile.getAttribute('data-task')))).sort(),
    )
    .toEqual(running.sort());
  await expect(map.place('node2').locator('.lp-tile[data-phase="unknown"]').first()).toBeVisible();

  await switchPower(made, 'node2', true);
  await map.agreesWhen('a leader again', isLed, () => ask().catch(() => NOBODY), {
    withinMs: LOST_WITHIN_MS,
    lagMs: 20_000,
  });
  await expect(stale).toHaveCount(0);
});

test('two hundred tasks that no node can take are counted, with the reason; a few can be walked through by keyboard', async ({
  page,
  startProduct,
}) => {
  test.setTimeout(180_000);
  const product = await startProduct();
  const lab = new LabPage(page, product.origin, 'en');
  const map = new MapOnPage(lab);
  await signIn(page, product);
  await lab.open();
  await lab.start();
  await map.show();
  await expect(map.region).toContainText('docker swarm init');
  await lab.terminal.run('docker swarm init >/dev/null');
  await expect(map.place('node1')).toHaveAttribute('data-role', 'leader');
  const service = 'docker service create -q --detach --name';
  await lab.terminal.run(
    `${service} nowhere --replicas 200 --constraint node.labels.disk==ssd numbers-api:v1 >/dev/null`,
  );
  const summary = map.region.locator('.lp-unplaced .lp-tile');
  await expect(summary).toHaveCount(1);
  await expect(summary).toContainText('200');
  await expect(map.region.locator('.lp-unplaced')).toContainText(map.words.troubles.constraints);

  await lab.terminal.run('docker service rm nowhere >/dev/null');
  await lab.terminal.run(
    `${service} a-very-long-name-that-goes-on-and-on-for-sixty-three-characters --replicas 3 numbers-web:v1 >/dev/null`,
  );
  const running = map.place('node1').locator('button.lp-tile[data-phase="running"]');
  await expect(running).toHaveCount(3, { timeout: 30_000 });
  await running.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(running.nth(1)).toBeFocused();
  await expect(map.region.getByRole('tooltip')).toContainText('numbers-web:v1');
  await page.keyboard.press('Escape');
  await expect(map.region.getByRole('tooltip')).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(running.last()).toBeFocused();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  await expect(map.place('node1')).toBeVisible();
  const overflow = await map.region.evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
