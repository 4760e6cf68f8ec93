import type { BrowserContext } from '@playwright/test';
import { expect, test } from './product/test.ts';

/** Fails on anything that a page does against its own policy. */
async function policyViolations(context: BrowserContext): Promise<string[]> {
  const violations: string[] = [];
  await context.exposeFunction('toldViolation', (text: string) => violations.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { toldViolation } = window as unknown as { toldViolation: (text: string) => void };
      toldViolation(
        `${event.violatedDirective}: ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`,
      );
    });
  });
  return violations;
}

test('pages and a terminal at work stay within the content security policy', async ({ learner, lab }) => {
  const violations = await policyViolations(learner.context());
  await lab.open();
  await lab.terminal.run("printf '\\033[38;2;1;2;3m색'; echo; seq 30");
  for (const path of ['/ko/', '/en/chapter-14/', '/en/chapter-14/14-5/']) await learner.goto(lab.url(path));
  expect(violations).toEqual([]);
});

test.describe('what a program prints', () => {
  test('reaches neither clipboard, page nor window', async ({ lab }) => {
    const { page, terminal } = lab;
    await page.bringToFront();
    await page.evaluate(() => navigator.clipboard.writeText('mine'));
    const title = await page.title();
    const size = page.viewportSize();
    await terminal.run(
      [
        'c=$(printf stolen | base64)',
        'printf "\\033]52;c;$c\\007\\033]52;p;$c\\033\\\\"',
        'printf "\\033[8;5;5t\\033[3;0;0t\\033[2t\\033[9;1t"',
        'printf "\\033]0;<img src=x onerror=alert(1)>\\007"',
        'printf "<script>alert(1)</script><b>bold</b>\\n"',
      ].join('; '),
    );
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('mine');
    expect(await page.title()).toBe(title);
    expect(page.viewportSize()).toEqual(size);
    expect(await terminal.screen()).toContain('<script>alert(1)</script><b>bold</b>');
    expect(await lab.pane.locator('script, .xterm img, .xterm b').count()).toBe(0);
  });

  test('types nothing of its own into the shell', async ({ lab }) => {
    const asks =
      '\\005\\033[c\\033[>c\\033[6n\\033[21t\\033]0;owned\\007\\033[20t\\033P$qowned\\033\\\\\\033]10;?\\007';
    const reads = "read -t 1 -n 4000 -s -d '' got";
    const output = await lab.terminal.run(
      `stty -echo; printf '${asks}'; sleep 1; ${reads}; stty echo; printf '<%s>' "$got" | cat -v; echo`,
    );
    expect(output).toContain('<');
    expect(output).not.toContain('owned');
    expect(await lab.terminal.run('echo clean')).toBe('clean');
  });

  test('opens no page, and an https link only after a question', async ({ lab }) => {
    const { page, terminal } = lab;
    const opened: string[] = [];
    page.context().on('page', (other) => opened.push(other.url()));
    const link = (address: string, text: string): string =>
      `\\033]8;;${address}\\033\\\\${text}\\033]8;;\\033\\\\ `;
    await terminal.run(
      `clear; printf '${link('javascript:alert(1)', 'SCRIPT')}${link('https://evil.test/', 'HTTPS')}\\n'`,
    );
    const rows = page.locator('.lp-terminal[role=tabpanel]:not([hidden]) .xterm-rows');
    for (const text of ['SCRIPT', 'HTTPS']) {
      const place = rows.getByText(text, { exact: false }).last();
      await place.hover({ force: true });
      await place.click({ force: true });
    }
    expect(opened).toEqual([]);
    expect(await lab.dialog.count()).toBeLessThanOrEqual(1);
    if ((await lab.dialog.count()) === 1) {
      await expect(lab.dialog).toContainText('https://evil.test/');
      await lab.dialog.getByRole('button', { name: lab.words.cancel }).click();
    }
    expect(opened).toEqual([]);
  });

  test('holds up neither server nor page', async ({ lab }) => {
    const { page, terminal } = lab;
    await terminal.enter(
      'clear; printf "a\\033[2147483647L\\033[2147483647S\\033[2147483647b"; printf "\\033]0;"; head -c 3000000 /dev/zero | tr "\\\\0" x; printf "\\007\\033[2J\\033[H"; echo done-$((6*7))',
    );
    const answeredInMs = await page.evaluate(async () => {
      const startedAtMs = performance.now();
      await fetch('/api/me');
      return performance.now() - startedAtMs;
    });
    expect(answeredInMs).toBeLessThan(5_000);
    await terminal.expectScreen('done-42', 30_000);
  });
});

test('a paste has no control characters left', async ({ lab }) => {
  const { terminal } = lab;
  await terminal.paste('echo \u0003\u001b[201~one\u0000\u009btwo');
  await terminal.expectScreen(/echo \[201~onetwo$/);
  await terminal.press('Control+C');
});
