import type { Page } from '@playwright/test';
import { LabPage } from './page/lab-page.ts';
import type { ProductServer } from './product/product-server.ts';
import { expect, signIn, test } from './product/test.ts';

const FORMED_WITHIN_MS = 120_000;

/** A lesson whose lab has several nodes, at the first prompt. */
async function startLab(page: Page, product: ProductServer, lesson: string): Promise<LabPage> {
  const lab = new LabPage(page, product.origin, 'ko', lesson);
  await signIn(page, product);
  await lab.open();
  await lab.button(lab.words.start.button).click();
  await lab.terminal.expectPrompt(FORMED_WITHIN_MS);
  return lab;
}

test('five nodes: a tab each with its role, live, and a terminal on the first visit', async ({
  page,
  startProduct,
}) => {
  test.setTimeout(240_000);
  const lab = await startLab(page, await startProduct(), '14.4');
  const { terminal, words } = lab;
  await expect(lab.tabs).toHaveCount(5);
  await expect(lab.nodeTab('node1')).toContainText(words.nodes.none, { timeout: 30_000 });
  expect((await lab.session())?.terminals).toHaveLength(1);

  await terminal.run('docker swarm init --advertise-addr "$(hostname -i)" >/dev/null');
  await expect(lab.nodeTab('node1')).toContainText(words.nodes.leader);
  const join = await terminal.run('docker swarm join-token worker | grep join | tr -s " "');
  await lab.nodeTab('node2').click();
  await terminal.expectPrompt();
  expect((await lab.session())?.terminals.map(({ node }) => node)).toEqual(['node1', 'node2']);
  await terminal.run(join.replace(/\n/g, '').trim());
  await expect(lab.nodeTab('node2')).toContainText(words.nodes.worker);

  await lab.nodeTab('node2').press('Home');
  await terminal.expectPrompt();
  await terminal.run('docker node update --availability drain node2 >/dev/null');
  await expect(lab.nodeTab('node2')).toContainText(words.nodes.drained);
  await terminal.run('docker node promote node2 >/dev/null');
  await expect(lab.nodeTab('node2')).toContainText(words.nodes.manager);
  await expect(lab.nodeTab('node3')).toContainText(words.nodes.none);

  await lab.button(words.terminal.add('node1')).click();
  await expect(lab.tabs).toHaveCount(6);
  await terminal.expectPrompt();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: '실습', exact: true }).click();
  await lab.nodeTab('node1').press('End');
  await expect(lab.nodeTab('node5')).toBeInViewport();
  await terminal.expectPrompt();
  expect(await terminal.run('hostname')).toBe('node5');
});

test('a node loses its power and gets it back, with the keyboard', async ({ page, startProduct }) => {
  test.setTimeout(240_000);
  const lab = await startLab(page, await startProduct(), '14.5');
  const { terminal, words } = lab;
  await expect(lab.tabs).toHaveCount(3);
  await expect(lab.nodeTab('node1')).toContainText(
    new RegExp(`${words.nodes.leader}|${words.nodes.manager}`),
    { timeout: 30_000 },
  );
  await lab.nodeTab('node3').click();
  await terminal.expectPrompt();
  await terminal.run('touch ~/kept && sync');

  await lab.button(words.power.switches('node3')).press('Enter');
  await page.keyboard.press('Enter');
  await expect(lab.dialog).toContainText(words.power.body);
  await page.keyboard.press('Escape');
  expect((await lab.session())?.conditions).toEqual({});
  await lab.button(words.power.switches('node3')).press('Enter');
  await page.keyboard.press('Enter');
  await lab.dialog.getByRole('button', { name: words.power.confirm, exact: true }).press('Enter');
  const off = lab.pane.getByRole('heading', { name: 'node3 노드는 전원이 꺼져 있어요' });
  await expect(off).toBeVisible();
  await expect(lab.nodeTab('node3')).toContainText(words.nodes.off);
  expect((await lab.session())?.conditions).toEqual({ node3: 'off' });

  await lab.nodeTab('node1').click();
  await terminal.expectPrompt();
  await terminal.enter('docker node ls');
  await lab.nodeTab('node3').click();
  await lab.button(words.power.turnOn('node3')).click();
  await terminal.expectPrompt(60_000);
  await expect(off).toBeHidden();
  expect(await terminal.run('ls ~/kept')).toContain('kept');
  await expect(lab.nodeTab('node3')).toContainText(words.nodes.manager, { timeout: 60_000 });
});

test('the exercise decides the lab: both go on, and the page says which one it shows', async ({
  page,
  startProduct,
}) => {
  test.setTimeout(300_000);
  const lab = await startLab(page, await startProduct(), '14.5');
  const { terminal, words } = lab;
  const chooser = lab.pane.getByRole('navigation', { name: words.exercise.chooser });
  await terminal.run('FIRST=stays');
  await chooser.getByRole('button').nth(1).click();
  await expect(lab.pane.getByText(words.movedTo('').slice(-12))).toBeVisible();
  await expect.poll(async () => (await lab.session('regions'))?.status.state).toBeDefined();
  await terminal.expectPrompt(FORMED_WITHIN_MS);
  expect(await terminal.run('echo "$FIRST."')).toBe('.');
  expect((await lab.session('regions'))?.activeExercise).toBe('14.5-two-clusters');

  await chooser.getByRole('button').first().click();
  await terminal.expectPrompt(30_000);
  expect(await terminal.run('echo "$FIRST."')).toBe('stays.');
  await lab.open();
  await terminal.expectPrompt(30_000);
  expect(await terminal.run('echo "$FIRST."')).toBe('stays.');
});
