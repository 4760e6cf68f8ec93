import { learnChapter } from './chapter-14/chapter-walk.ts';
import { test } from './product/test.ts';

// Tall, so that what a command prints stays on the terminal's screen.
test.use({ locale: 'en', viewport: { width: 1600, height: 1300 } });

test('the whole chapter is learned in English by typing in the terminals', { tag: '@chapter' }, async ({
  page,
  startProduct,
}) => {
  test.setTimeout(1_500_000);
  await learnChapter(page, await startProduct(), 'en');
});
