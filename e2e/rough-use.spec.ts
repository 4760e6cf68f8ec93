import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ERROR_TEXTS } from '../contract/error-texts.ts';
import { exerciseTexts } from './page/exercise-texts.ts';
import { LabPage, plain } from './page/lab-page.ts';
import { EngineSwitch } from './product/engine-switch.ts';
import { belongings } from './product/leftovers.ts';
import { expect, signIn, test } from './product/test.ts';

test.describe('what a learner does to a lab', () => {
  test('removing the stack and leaving the swarm are told at once', async ({ lab }) => {
    const { terminal } = lab;
    const { checks, messages } = await exerciseTexts('14.1-deploy', 'ko');
    await lab.reset();
    await expect(lab.check(checks['swarm-active'] ?? '')).toContainText(plain(messages['swarm-off'] ?? ''));
    await terminal.run('cd ~/ch14/exercises && docker swarm init >/dev/null');
    await terminal.run(
      'docker stack deploy -c numbers/docker-compose.yml -c numbers/prod.yml numbers',
      40_000,
    );
    await lab.expectMet(checks['stack-deployed'] ?? '');
    await terminal.run('docker stack rm numbers');
    await expect(lab.check(checks['stack-deployed'] ?? '')).toContainText(
      plain(messages['stack-missing'] ?? '').replaceAll('{stack}', 'numbers'),
    );
    await terminal.run('docker swarm leave --force', 40_000);
    await expect(lab.check(checks['swarm-active'] ?? '')).toContainText(plain(messages['swarm-off'] ?? ''));
  });

  test('a killed engine comes back by itself', async ({ lab }) => {
    const { terminal } = lab;
    const before = await terminal.run('pgrep -x dockerd');
    expect(before).toMatch(/^\d+$/);
    // Root in the lab by way of the Docker socket: nothing that a determined learner would not find.
    await terminal.run(
      "tar -C / -ch usr/bin/pkill $(ldd /usr/bin/pkill | grep -o ' */[^ ]*') 2>/dev/null | docker import - tools",
    );
    await terminal.run('docker run --pid host tools /usr/bin/pkill -9 -x dockerd', 40_000);
    await terminal.run('clear');
    await expect
      .poll(() => terminal.run('docker info --format "engine {{.ServerVersion}}"'), { timeout: 60_000 })
      .toMatch(/^engine \d+\.\d+\.\d+/);
    const after = await terminal.run('pgrep -x dockerd');
    expect(after).toMatch(/^\d+$/);
    expect(after).not.toBe(before);
    await terminal.run('docker swarm init >/dev/null');
    await lab.expectMet((await exerciseTexts('14.1-deploy', 'ko')).checks['swarm-active'] ?? '');
  });

  test('forking without end and filling /tmp stay inside the lab, and a reset heals', async ({ lab }) => {
    const { terminal, words } = lab;
    await terminal.run('head -c 400M /dev/zero > /tmp/big');
    await terminal.expectScreen('No space left on device');
    await terminal.enter('bomb() { bomb | bomb & }; bomb');
    // A lab has its share of the processors only, and the bomb takes all of that.
    await terminal.expectScreen(/[Rr]esource temporarily unavailable|[Cc]annot allocate|fork:/, 60_000);
    const health = await lab.page.request.get(lab.url('/healthz'));
    expect(((await health.json()) as { status: string }).status).toBe('ok');
    await lab.reset();
    await expect(lab.pane.getByRole('alert')).toHaveCount(0);
    await terminal.expectPrompt(60_000);
    expect(await terminal.run('ls /tmp/big')).toContain('No such file');
    await expect(lab.tabs.first()).toContainText(words.terminal.live);
  });
});

test.describe('what happens to the server', () => {
  test('killed while it makes a lab, it starts over and leaves nothing of the first attempt', async ({
    page,
    startProduct,
  }) => {
    const product = await startProduct({ env: { ROLLOUT_LAB_WARM: '0' } });
    const lab = new LabPage(page, product.origin, 'ko');
    await signIn(page, product);
    await lab.open();
    await lab.button(lab.words.start.button).click();
    const owner = await product.owner();
    await expect.poll(async () => (await belongings(owner)).length).toBeGreaterThan(0);
    await product.kill();
    const abandoned = await belongings(owner);
    expect(abandoned.length).toBeGreaterThan(0);
    await product.startAgain();
    // The page waits for its lab still, and gets it.
    await lab.terminal.expectPrompt(60_000);
    const now = await belongings(owner);
    expect(now.filter((name) => abandoned.some((old) => old.split(' ')[1] === name.split(' ')[1]))).toEqual(
      [],
    );
  });

  test('while the engine is away the page says so, and everything is there when it is back', async ({
    page,
    startProduct,
  }) => {
    const gate = await EngineSwitch.on(join(tmpdir(), `rollout-lab-e2e-${process.pid}.sock`));
    try {
      const product = await startProduct({ env: { ROLLOUT_LAB_ENGINE: gate.url, ROLLOUT_LAB_WARM: '0' } });
      const lab = new LabPage(page, product.origin, 'en');
      await signIn(page, product);
      await gate.off();
      await lab.open();
      await lab.button(lab.words.start.button).click();
      await expect(lab.pane.getByRole('alert')).toContainText(plain(ERROR_TEXTS.ENGINE_UNREACHABLE.en));
      expect((await page.request.get(`${product.origin}/healthz`)).status()).toBe(503);
      await gate.on();
      await lab.pane.locator('.lp-card').getByRole('button').click();
      await lab.terminal.expectPrompt(60_000);
      await lab.terminal.run('KEPT=over-the-outage');

      await gate.off();
      expect(await lab.terminal.run('echo $KEPT')).toBe('over-the-outage');
      await gate.on();
      await expect.poll(async () => (await page.request.get(`${product.origin}/healthz`)).status()).toBe(200);
      await lab.terminal.run('docker swarm init >/dev/null');
      await lab.expectMet((await exerciseTexts('14.1-deploy', 'en')).checks['swarm-active'] ?? '');
      expect(await lab.terminal.run('echo $KEPT')).toContain('over-the-outage');
      await product.stop();
    } finally {
      await gate.off();
    }
  });

  test('a damaged database and a port in use end in a message, not in a stack', async ({ startProduct }) => {
    const product = await startProduct({ env: { ROLLOUT_LAB_WARM: '0' } });
    await expect(
      startProduct({ env: { ROLLOUT_LAB_PORT: String(product.port), ROLLOUT_LAB_WARM: '0' } }),
    ).rejects.toThrow(/ended \(1\)[\s\S]*Choose one/);
    await product.stop();
    await writeFile(join(product.dataDir, 'web/rollout-lab.db'), 'this is no database\n'.repeat(500));
    await expect(product.startAgain()).rejects.toThrow(/ended \(1\)[\s\S]*can't be used[\s\S]*move it away/);
  });
});
