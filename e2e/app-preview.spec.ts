import type { FrameLocator, Page } from '@playwright/test';
import { KO as APP } from '../src/lab-pane/app/texts-ko.ts';
import { LabPage } from './page/lab-page.ts';
import { startHostileApp } from './product/hostile-app.ts';
import { poll } from './product/poll.ts';
import type { ProductServer } from './product/product-server.ts';
import { expect, signIn, test } from './product/test.ts';

const STARTED_WITHIN_MS = 60_000;
const HOSTILE_PORT = 4000;
const DEPLOY = [
  'docker swarm init >/dev/null',
  'docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml > stack.yml',
  'docker stack deploy -c stack.yml numbers >/dev/null',
].join(' && ');

async function openApp(lab: LabPage): Promise<void> {
  await lab.pane.getByRole('tab', { name: lab.words.views.app, exact: true }).click();
  await expect(appOf(lab)).toBeVisible();
}

const appOf = (lab: LabPage) => lab.pane.getByRole('region', { name: APP.region });
const frameOf = (lab: LabPage): FrameLocator => appOf(lab).frameLocator('iframe');

async function openPort(lab: LabPage, node: string, port: number): Promise<void> {
  const app = appOf(lab);
  await app.getByLabel(APP.other.node).selectOption(node);
  await app.getByLabel(APP.other.port).fill(String(port));
  await app.getByRole('button', { name: APP.other.open, exact: true }).click();
}

/** Where the page of this port is, as a link tells it. */
async function originOf(lab: LabPage): Promise<string> {
  const link = appOf(lab).getByRole('link', { name: APP.ownWindowHint });
  return new URL((await link.getAttribute('href')) ?? '').origin;
}

async function startedLab(page: Page, product: ProductServer, lesson: string): Promise<LabPage> {
  const lab = new LabPage(page, product.origin, 'ko', lesson);
  await signIn(page, product);
  await lab.open();
  await lab.button(lab.words.start.button).click();
  await lab.terminal.expectPrompt(120_000);
  return lab;
}

test('the deployed app shows in the tab and in a window of its own, and never loads unasked', async ({
  lab,
}) => {
  test.setTimeout(180_000);
  const { terminal, page } = lab;
  await openApp(lab);
  const app = appOf(lab);
  await expect(app).toContainText(APP.ports.none);
  await openPort(lab, 'node1', 80);
  await expect(app.getByRole('heading', { name: APP.closed('node1:80') })).toBeVisible();

  // It waits for the port, by connections only.
  await terminal.run(`cd ~/ch14/exercises && ${DEPLOY}`, 60_000);
  const frame = frameOf(lab);
  await expect(frame.getByRole('heading', { name: /무작위 숫자/ })).toBeVisible({
    timeout: STARTED_WITHIN_MS,
  });
  // The page may be there before its API is.
  await expect(async () => {
    await frame.getByRole('link', { name: /다시 받기/ }).click();
    await expect(frame.locator('.n')).toHaveText(/^\d+$/, { timeout: 2_000 });
  }).toPass({ timeout: STARTED_WITHIN_MS });

  const [own] = await Promise.all([
    page.waitForEvent('popup'),
    app.getByRole('link', { name: APP.ownWindowHint }).click(),
  ]);
  await expect(own.getByRole('heading', { name: /무작위 숫자/ })).toBeVisible();
  expect(new URL(own.url()).hostname).toMatch(/^p-[a-z0-9]{26}\.localhost$/);
  expect(await own.evaluate(() => window.opener)).toBeNull();

  // Another view and back: the page waits for a press.
  await lab.pane.getByRole('tab', { name: lab.words.views.exercise, exact: true }).click();
  await openApp(lab);
  await expect(app.locator('iframe')).toHaveCount(0);
  await app.getByRole('button', { name: APP.show }).click();
  await expect(frame.locator('.n')).toBeVisible();
  await app.getByRole('button', { name: APP.back }).click();
  await expect(
    app.getByRole('button', { name: /^node1:80 열기, numbers_numbers-web, 실행 중/ }),
  ).toBeVisible();

  await lab.reset();
  await terminal.expectPrompt(90_000);
  await expect(app).toContainText(APP.ports.none);
  await own.reload();
  await expect(own.getByRole('heading', { name: '이 미리 보기는 끝났어요' })).toBeVisible();
  await own.close();
});

test('a hostile page in the lab gets at nothing of the site', async ({ lab, product }) => {
  test.setTimeout(120_000);
  const { page } = lab;
  await startHostileApp(product, lab, { node: 'node1', port: HOSTILE_PORT });
  const before = await lab.session();
  await openApp(lab);
  await openPort(lab, 'node1', HOSTILE_PORT);
  const origin = await originOf(lab);
  const frame = appOf(lab).locator('iframe');
  await expect(frame).toHaveAttribute('src', `${origin}/`);

  const refused = {
    fetch: 'TypeError',
    socket: 'refused',
    socketEcho: 'hello',
    planted: 'false',
    worker: /^(SecurityError|TypeError|NotSupportedError)$/,
    parent: 'SecurityError',
    opener: 'null',
  };
  const check = (results: Record<string, string>): void => {
    for (const [name, must] of Object.entries(refused)) {
      if (typeof must === 'string') expect(results[name], name).toBe(must);
      else expect(results[name], name).toMatch(must);
    }
    expect(results['domain'], 'domain').not.toBe('localhost');
  };

  // In the tab: the learner's page stays where it is.
  await expect(frameOf(lab).locator('#results')).toBeAttached();
  const inTab = page.frames().find((one) => one.url().startsWith(origin));
  await inTab?.goto(`${origin}/?site=${product.origin}`);
  const framed = JSON.parse(
    await poll('attempts in the frame', async () => resultsIn(inTab), 20_000),
  ) as Record<string, string>;
  check(framed);
  expect(framed['top']).toBe('SecurityError');
  expect(page.url()).toContain('/ko/chapter-14/');

  // In a window of its own, which is a browser's page like any other.
  const own = await page.context().newPage();
  await own.goto(`${origin}/?site=${product.origin}`);
  const free = JSON.parse(await poll('attempts in the window', async () => resultsIn(own), 20_000)) as Record<
    string,
    string
  >;
  check({ ...free, parent: 'SecurityError' });
  expect(free['parent']).toBe('none');
  // The site does not show in its frame, and sees none of its cookies.
  expect(own.frames().filter((one) => one.url().startsWith(product.origin))).toEqual([]);
  const cookies = await page.context().cookies();
  const host = new URL(origin).hostname;
  expect(cookies.filter(({ domain }) => domain === host).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['lure', 'own']),
  );
  for (const { name, domain } of cookies.filter(({ name }) => /lure|own|planted/.test(name)))
    expect(domain, name).toBe(host);

  // Ways out: within the preview they stay there, elsewhere the frame does not go.
  await own.goto(`${origin}/hop`);
  expect(own.url()).toBe(`${origin}/landed`);
  await inTab?.goto(`${origin}/out?${product.origin}`, { timeout: 5_000 }).catch(() => {});
  expect(page.frames().filter((one) => one.url().startsWith(`${product.origin}/`))).toHaveLength(1);
  await own.goto(`${origin}/stream`, { waitUntil: 'commit' });
  await own.close();

  expect(await lab.session()).toMatchObject({ id: before?.id, generation: before?.generation });
  expect((await page.request.get(lab.url('/api/me'))).ok()).toBe(true);
  await appOf(lab).getByRole('button', { name: APP.back }).click();
});

function resultsIn(page: Pick<Page, 'evaluate'> | undefined): Promise<string | undefined> {
  return (
    page?.evaluate(() => {
      const text = document.querySelector('#results')?.textContent ?? '';
      return text.startsWith('{') ? text : undefined;
    }) ?? Promise.resolve(undefined)
  );
}

test('of several nodes each has its own page, and one that is off says so', async ({
  page,
  startProduct,
}) => {
  test.setTimeout(300_000);
  const product = await startProduct();
  const lab = await startedLab(page, product, '14.5');
  await startHostileApp(product, lab, { node: 'node1', port: HOSTILE_PORT });
  await startHostileApp(product, lab, { node: 'node2', port: HOSTILE_PORT });
  await openApp(lab);
  const app = appOf(lab);
  const origins: string[] = [];
  for (const node of ['node1', 'node2']) {
    await openPort(lab, node, HOSTILE_PORT);
    await expect(frameOf(lab).locator('#results')).toBeAttached();
    origins.push(await originOf(lab));
    await app.getByRole('button', { name: APP.back }).click();
  }
  expect(new Set(origins).size).toBe(2);

  const session = await lab.session();
  await lab.post(`/api/lab-sessions/${session?.id}/nodes/node2/power`, { to: 'off' });
  await expect(app.locator('option', { hasText: 'node2' })).toBeDisabled();
  const own = await page.context().newPage();
  await own.goto(origins[1] ?? '');
  await expect(own.getByRole('heading', { name: 'node2:4000에 연결하지 못했어요' })).toBeVisible();
  await own.goto(origins[0] ?? '');
  await expect(own.locator('#results')).toBeAttached();
});
