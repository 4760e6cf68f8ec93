import { readFile } from 'node:fs/promises';
import { reloadAlive } from './page/goto-alive.ts';
import { LabPage } from './page/lab-page.ts';
import { NetworkCable } from './product/network-cable.ts';
import { expect, test } from './product/test.ts';

test.describe('what is typed', () => {
  test('Korean is composed, echoed at its width and edited by the syllable', async ({ lab }) => {
    const { terminal } = lab;
    await terminal.type("printf '%s|\\n' ");
    await terminal.compose(['ㅎ', '하', '한']);
    await terminal.compose(['ㄱ', '그', '글']);
    await terminal.expectScreen(/printf '%s\|\\n' 한글$/);
    await terminal.press('Backspace');
    await terminal.expectScreen(/printf '%s\|\\n' 한$/);
    await terminal.compose(['ㅅ', '스', '슬']);
    await terminal.type(' abcd');
    await terminal.expectScreen(/한슬 abcd$/);
    await terminal.press('Enter');
    await terminal.expectPrompt();
    // Two Hangul syllables take the room of four Latin letters.
    const [hangul, latin] = [await terminal.endOfLine('한슬|'), await terminal.endOfLine('abcd|')];
    expect(Math.abs(hangul - latin)).toBeLessThan(2);
  });

  test('a command of the lesson runs by its button, and asks before it interrupts another', async ({
    lab,
  }) => {
    const { terminal, page, words } = lab;
    await lab.runButton('cd ~/ch14/exercises').click();
    await terminal.expectScreen(/exercises\$ *$/);
    await terminal.enter('sleep 60');
    await expect(lab.tabs.first()).toContainText(words.terminal.running);
    await lab.runButton('ls numbers').click();
    await expect(lab.pane.getByRole('alert')).toContainText(words.run.busy);
    await lab.button(words.run.interrupt).click();
    await terminal.expectScreen('prod-healthcheck.yml');
    await terminal.expectPrompt();
    // The focus is in the terminal: the learner types on.
    await page.keyboard.type('echo typed-on');
    await page.keyboard.press('Enter');
    await terminal.expectScreen(/\ntyped-on\n/);
  });

  test('a paste of several lines runs only when the learner says so', async ({ lab }) => {
    const { terminal, words } = lab;
    const lines = 'echo one-$((1+1))\necho two-$((1+2))\u001b[201~\necho three-$((1+3))\n';
    await terminal.paste(lines);
    await terminal.expectScreen('echo three-');
    // Bash holds the paste back until Enter; the end mark inside it was taken out.
    expect(await terminal.screen()).not.toContain('one-2');
    await terminal.press('Control+C');
    await terminal.run("bind 'set enable-bracketed-paste off'");
    await terminal.run('clear');

    await terminal.paste(lines);
    await expect(lab.dialog).toContainText('echo one-');
    await lab.dialog.getByRole('button', { name: words.cancel }).click();
    await terminal.paste(lines);
    await lab.dialog.getByRole('button', { name: words.paste.confirm }).click();
    await terminal.expectScreen(/\nthree-4\n/);
    await terminal.expectPrompt();
    expect((await terminal.screen()).match(/^one-2$/gm)).toHaveLength(1);
  });
});

test.describe('tabs and size', () => {
  test('each tab is a shell of its own', async ({ lab }) => {
    const { terminal, words } = lab;
    await terminal.run('WHO=first');
    await lab.button(words.terminal.add('node1')).click();
    await expect(lab.tabs).toHaveCount(2);
    expect(await terminal.run('echo who: $WHO.')).toBe('who: .');
    await lab.tabs.first().click();
    expect(await terminal.run('echo who: $WHO.')).toBe('who: first.');
    await lab.tabs.first().focus();
    await lab.page.keyboard.press('ArrowRight');
    await expect(lab.tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
    await lab.page.keyboard.press('Delete');
    await expect(lab.tabs).toHaveCount(1);
    expect(await terminal.run('echo who: $WHO.')).toContain('who: first.');
  });

  test('the shell learns the size that the page gives it', async ({ lab }) => {
    const { terminal, page } = lab;
    const sizeOf = async (): Promise<number[]> => {
      const output = await terminal.run('stty size');
      return output.split(' ').map(Number);
    };
    const [rows = 0, cols = 0] = await sizeOf();
    expect(rows).toBe(await terminal.rowCount());
    await page.setViewportSize({ width: 1800, height: 1100 });
    await expect.poll(() => terminal.rowCount()).toBeGreaterThan(rows);
    await expect.poll(async () => (await sizeOf())[1] ?? 0).toBeGreaterThan(cols);
    expect((await sizeOf())[0]).toBe(await terminal.rowCount());
  });
});

test.describe('coming back', () => {
  test('a reload restores the screen and goes on in the same shell', async ({ lab }) => {
    const { terminal, page } = lab;
    await terminal.run('KEPT=over-the-reload; echo 화면이-남아요');
    await reloadAlive(page);
    await terminal.expectScreen('화면이-남아요');
    expect(await terminal.run('echo $KEPT')).toBe('over-the-reload');
  });

  test('a lost network is told and healed', async ({ lab, browser, product, learnerState }) => {
    await using cable = await NetworkCable.plugIn();
    await using context = await browser.newContext({ storageState: learnerState, proxy: cable.proxy });
    await lab.page.close();
    const far = new LabPage(await context.newPage(), product.origin, 'ko');
    const { terminal, words } = far;
    await far.open();
    await terminal.enter('KEPT=over-the-gap; for i in 1 2 3 4; do sleep 1; echo tick-$i; done');
    await terminal.expectScreen(/\ntick-1/);
    cable.pull();
    await expect(far.pane.getByText(words.banner.offline)).toBeVisible();
    await expect(far.tabs.first()).toContainText(words.terminal.reconnecting);
    cable.plugAgain();
    await terminal.expectScreen(/\ntick-4\n/);
    await expect(far.tabs.first()).toContainText(words.terminal.live);
    await expect(far.pane.getByText(words.banner.offline)).toBeHidden();
    expect(await terminal.run('echo $KEPT')).toBe('over-the-gap');
  });

  test('a server that crashes and starts again finds the same shell', async ({ lab, product }) => {
    const { terminal, words } = lab;
    await terminal.run('KEPT=over-the-crash; echo 충돌-전');
    const before = await lab.session();
    await product.kill();
    await expect(lab.tabs.first()).toContainText(words.terminal.reconnecting);
    await product.startAgain();
    await expect(lab.tabs.first()).toContainText(words.terminal.live, { timeout: 30_000 });
    await terminal.expectScreen('충돌-전');
    expect(await terminal.run('echo $KEPT')).toBe('over-the-crash');
    const after = await lab.session();
    expect(after?.id).toBe(before?.id);
    expect(after?.generation).toBe(before?.generation);
  });

  test('a server that hangs for a while is the same server afterwards', async ({ lab, product }) => {
    const { terminal } = lab;
    await terminal.run('KEPT=over-the-pause');
    await product.signal('SIGSTOP');
    try {
      await terminal.type('echo $KEPT');
    } finally {
      await product.signal('SIGCONT');
    }
    await terminal.press('Enter');
    await terminal.expectScreen(/\nover-the-pause\n/);
  });

  test('another language keeps lab, terminal, exercise and place', async ({ lab }) => {
    const { terminal, page } = lab;
    await terminal.run('KEPT=over-the-switch; echo 그대로');
    await page.locator('#publishing').scrollIntoViewIfNeeded();
    await page.locator('#publishing').evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
    const before = await lab.session();
    const exerciseBefore = await lab.exercise.locator('[aria-current=step]').getAttribute('aria-label');
    await page.getByRole('link', { name: 'English', exact: true }).click();
    await expect(page).toHaveURL(/\/en\/chapter-14\/14-1\//);
    await terminal.expectScreen('그대로');
    expect(await terminal.run('echo $KEPT')).toBe('over-the-switch');
    await expect(page.locator('#publishing')).toBeInViewport();
    const english = page.locator('lab-pane').locator('[aria-current=step]');
    await expect(english).toHaveAttribute(
      'aria-label',
      new RegExp(/\d/.exec(exerciseBefore ?? '')?.[0] ?? '0'),
    );
    expect((await lab.session())?.id).toBe(before?.id);
    expect((await lab.session())?.terminals).toEqual(before?.terminals);
  });
});

test.describe('help for hands and ears', () => {
  test('search finds text that has scrolled away', async ({ lab }) => {
    const { terminal, page, words } = lab;
    await terminal.run('echo needle-바늘; seq 300');
    expect(await terminal.screen()).not.toContain('needle-바늘\n');
    await terminal.press('Control+Shift+F');
    const field = lab.pane.getByRole('textbox', { name: words.search.label });
    await expect(field).toBeFocused();
    await field.fill('바늘');
    await page.keyboard.press('Enter');
    await terminal.expectScreen('needle-바늘');
    await field.fill('no-such-text');
    await page.keyboard.press('Enter');
    await expect(lab.pane.getByText(words.search.none)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(terminal.input).toBeFocused();
  });

  test('Tab belongs to the shell until Ctrl+M gives it back to the page', async ({ lab }) => {
    const { terminal, page, words } = lab;
    await terminal.type('ls ch14/exerc');
    await page.keyboard.press('Tab');
    await terminal.expectScreen(/ls ch14\/exercises\/$/);
    await terminal.press('Control+C');
    await terminal.expectPrompt();
    await terminal.press('Control+m');
    await expect(lab.pane.getByText(words.note.tabLeaves)).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(terminal.input).not.toBeFocused();
    await terminal.press('Control+m');
    await expect(lab.pane.getByText(words.note.tabStays)).toBeVisible();
  });

  test('screen reader mode puts the lines into the accessibility tree and outlives a reload', async ({
    lab,
  }) => {
    const { terminal, page, words } = lab;
    await lab.button(words.tools.more).click();
    await lab.pane.getByRole('checkbox', { name: words.tools.screenReader }).check();
    await page.keyboard.press('Escape');
    await terminal.type('echo read-');
    await terminal.compose(['ㅇ', '이', '읽']);
    await terminal.press('Enter');
    await expect(lab.pane.locator('.xterm-accessibility').getByText(/^read-읽$/)).toBeAttached();
    await reloadAlive(page);
    await expect(lab.pane.locator('.xterm-accessibility')).toBeAttached();
  });
});

test('a flood of output leaves page and server responsive, and Ctrl+C ends one', async ({ lab, product }) => {
  const { terminal, page } = lab;
  await terminal.run('yes 넘쳐흘러요 | head -c 20M; echo; echo flood-$((6*7))', 90_000);
  expect(await terminal.screen()).toContain('flood-42');
  await terminal.enter('yes endless');
  await terminal.expectScreen(/endless\nendless\nendless/);
  const answeredInMs = await page.evaluate(async () => {
    const startedAtMs = performance.now();
    await fetch('/api/me');
    return performance.now() - startedAtMs;
  });
  expect(answeredInMs).toBeLessThan(5_000);
  await terminal.press('Control+C');
  await terminal.expectPrompt(15_000);
  expect(await residentMiB(await product.webPid())).toBeLessThan(500);
});

async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
