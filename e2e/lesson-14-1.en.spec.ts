import { learnFirstSection } from './chapter-14/chapter-walk.ts';
import { test } from './product/test.ts';

// Tall, so that what a command prints stays on the terminal's screen.
test.use({ locale: 'en', viewport: { width: 1600, height: 1300 } });

test('section 14.1 is learned in English by typing in the terminal', async ({ page, startProduct }) => {
  test.setTimeout(600_000);
  await learnFirstSection(page, await startProduct(), 'en');
});
