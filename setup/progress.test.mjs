import { expect, test } from 'vitest';
import { createProgress } from './progress.mjs';

/** @param {{ isTTY: boolean, quiet?: boolean }} options */
function recorded({ isTTY, quiet = false }) {
  let text = '';
  const stream = { isTTY, columns: 60, write: (/** @type {string} */ part) => (text += part) };
  let nowMs = 0;
  const progress = createProgress({
    stream: /** @type {NodeJS.WriteStream} */ (/** @type {unknown} */ (stream)),
    quiet,
    now: () => (nowMs += 750),
  });
  return { progress, text: () => text };
}

test('without a terminal a step is a line at its start and one at its end, with the time', async () => {
  const { progress, text } = recorded({ isTTY: false });
  await progress.run('Building the site', async (step) => step.detail('page 1'));
  expect(text()).toBe('… Building the site\n✓ Building the site (750 ms)\n');
});

test('on a terminal the line is redrawn in place and never longer than the terminal', async () => {
  const { progress, text } = recorded({ isTTY: true });
  await progress.run(`Building ${'x'.repeat(100)}`, async () => {});
  const drawn =
    text()
      .split('\r\x1b[K')
      .find((part) => part.includes('…')) ?? '';
  expect([...drawn].length).toBeLessThan(60);
  expect(text().endsWith('\n')).toBe(true);
});

test('a step that fails says so and passes the failure on', async () => {
  const { progress, text } = recorded({ isTTY: false });
  await expect(progress.run('Building', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(text()).toContain('✗ Building (after');
});

test('quiet keeps silent about steps with nothing to do', () => {
  const quiet = recorded({ isTTY: false, quiet: true });
  quiet.progress.skip('Site');
  expect(quiet.text()).toBe('');
});
