import type { Page } from '@playwright/test';
import type { NodeConditions, NodeImpairment } from '../contract/node-condition.ts';
import { type ExerciseTexts, exerciseTexts } from './page/exercise-texts.ts';
import { LabPage, plain } from './page/lab-page.ts';
import { containersOf } from './product/leftovers.ts';
import type { ProductServer } from './product/product-server.ts';
import { expect, signIn, test } from './product/test.ts';

const FORMED_WITHIN_MS = 120_000;
/** A leader waits 15 s for a node that says nothing; a lone manager notices after 30 s. */
const NOTICED_WITHIN_MS = 60_000;

async function startLab(page: Page, product: ProductServer, lesson: string): Promise<LabPage> {
  const lab = new LabPage(page, product.origin, 'ko', lesson);
  await signIn(page, product);
  await lab.open();
  await lab.button(lab.words.start.button).click();
  await lab.terminal.expectPrompt(FORMED_WITHIN_MS);
  return lab;
}

/** By the menu behind the terminals' power button, on the node in front. */
async function choose(lab: LabPage, node: string, to: NodeImpairment): Promise<void> {
  await lab.nodeTab(node).click();
  await lab.button(lab.words.power.switches(node)).click();
  await lab.pane.getByRole('button', { name: lab.words.power.to[to][0] }).click();
}

const conditions = async (lab: LabPage): Promise<NodeConditions | undefined> =>
  (await lab.session())?.conditions;

/** What the outer engine says of a node's container. */
async function containerState(product: ProductServer, node: string): Promise<string> {
  const found = await containersOf(await product.owner());
  return found.find(({ Labels }) => Labels['rollout-lab.node'] === node)?.State ?? 'none';
}

/** Asks the swarm itself, in the terminal of node1, until it says so. */
async function expectSwarm(lab: LabPage, command: string, said: RegExp): Promise<void> {
  await lab.goTo('node1');
  await expect
    .poll(() => lab.terminal.run(command, 30_000), { message: command, timeout: NOTICED_WITHIN_MS })
    .toMatch(said);
}

const stateOf = (node: string): string =>
  `docker node inspect ${node} -f '{{.Status.State}} {{.ManagerStatus.Reachability}}'`;
const QUORUM = 'docker node ls -q 2>&1 | grep -oE "leader|deadline|^[a-z0-9]{25}$" | tail -n 1';

test('managers frozen and unplugged: the swarm sees it, the server remembers it, and all of it can be undone', async ({
  page,
  startProduct,
}) => {
  test.setTimeout(420_000);
  const product = await startProduct();
  const lab = await startLab(page, product, '14.5');
  const { terminal, words } = lab;
  const open = (node: string) =>
    lab
      .session()
      .then((session) =>
        lab.post(`/api/lab-sessions/${session?.id}/terminals`, { node, cols: 80, rows: 24 }),
      );

  await choose(lab, 'node3', 'frozen');
  await expect(lab.nodeTab('node3')).toContainText(words.nodes.frozen);
  await expect(lab.pane.getByText(plain(words.power.note.frozen('node3')))).toBeVisible();
  expect(await containerState(product, 'node3')).toBe('paused');
  expect(await (await open('node3')).json()).toMatchObject({ code: 'NODE_FROZEN' });
  await expectSwarm(lab, stateOf('node3'), /down unreachable/);

  await product.kill();
  await product.startAgain();
  await expect.poll(async () => (await lab.session())?.status.state, { timeout: 60_000 }).toBe('ready');
  expect(await conditions(lab)).toEqual({ node3: 'frozen' });
  expect(await containerState(product, 'node3')).toBe('paused');
  await lab.open();
  await lab.nodeTab('node3').click();
  await lab.button(words.power.back.frozen[0]).click();
  await expect(lab.nodeTab('node3')).toContainText(words.nodes.manager, { timeout: NOTICED_WITHIN_MS });
  await expectSwarm(lab, stateOf('node3'), /ready reachable/);

  await choose(lab, 'node2', 'unplugged');
  await expect(lab.nodeTab('node2')).toContainText(words.nodes.unplugged);
  await choose(lab, 'node3', 'unplugged');
  await expect.poll(() => conditions(lab)).toEqual({ node2: 'unplugged', node3: 'unplugged' });
  await expectSwarm(lab, QUORUM, /leader|deadline/);

  await lab.goTo('node2');
  expect(await terminal.run('hostname; /usr/sbin/ip -br link show eth0')).toMatch(/node2[\s\S]*NO-CARRIER/);
  expect(await terminal.run('power on node2', NOTICED_WITHIN_MS)).toContain('node2');
  await expect.poll(() => conditions(lab)).toEqual({ node3: 'unplugged' });
  await expectSwarm(lab, QUORUM, /^[a-z0-9]{25}$/);
});

test('with all nodes off the pane says so and brings all of them back', async ({ page, startProduct }) => {
  test.setTimeout(300_000);
  const product = await startProduct();
  const lab = await startLab(page, product, '14.5');
  const { words } = lab;
  const session = await lab.session();
  for (const node of ['node1', 'node2', 'node3'])
    expect((await lab.post(`/api/lab-sessions/${session?.id}/nodes/${node}/power`, { to: 'off' })).ok()).toBe(
      true,
    );
  await expect(lab.pane.getByText(words.power.allOut)).toBeVisible();
  const check = await lab.post(`/api/lab-sessions/${session?.id}/check`);
  expect(((await check.json()) as { passed: boolean }).passed).toBe(false);
  await lab.button(words.power.allOn).click();
  await expect.poll(() => conditions(lab), { timeout: FORMED_WITHIN_MS }).toEqual({});
  await lab.goTo('node1');
  await expectSwarm(lab, QUORUM, /^[a-z0-9]{25}$/);
});

test('an exercise about nodes that run forbids the switches, and says why', async ({
  page,
  startProduct,
}) => {
  test.setTimeout(300_000);
  const lab = await startLab(page, await startProduct(), '14.4');
  const { terminal, words } = lab;
  const session = await lab.session();
  const node = (name: string) => `/api/lab-sessions/${session?.id}/nodes/${name}/power`;
  const [{ forbids = '', title }, formSwarm] = (await Promise.all(
    ['14.4-drain', '14.4-form-swarm'].map((id) => exerciseTexts(id, 'ko')),
  )) as [ExerciseTexts, ExerciseTexts];
  expect(forbids).not.toBe('');

  await lab.chooseExercise(title);
  await lab.button(words.prepare.keep).click();
  await expect.poll(async () => (await lab.session())?.activeExercise).toBe('14.4-drain');
  await lab.button(words.power.switches('node1')).click();
  for (const to of ['off', 'frozen', 'unplugged'] as const)
    await expect(lab.pane.getByRole('button', { name: words.power.to[to][0] })).toBeDisabled();
  await expect(lab.pane.getByText(forbids)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(lab.pane.getByText(forbids)).toBeHidden();

  const refused = await lab.post(node('node2'), { to: 'frozen' });
  expect(await refused.json()).toMatchObject({
    code: 'SWITCH_FORBIDDEN_HERE',
    params: { reason: { ko: forbids } },
  });
  await terminal.enter('power off node2');
  await expect(lab.pane.getByText(forbids)).toBeVisible();
  expect(await conditions(lab)).toEqual({});

  await lab.chooseExercise(formSwarm.title);
  await expect.poll(async () => (await lab.session())?.activeExercise).toBe('14.4-form-swarm');
  expect((await lab.post(node('node2'), { to: 'frozen' })).status()).toBe(200);
  await expect(lab.nodeTab('node2')).toContainText(words.nodes.frozen);
});
