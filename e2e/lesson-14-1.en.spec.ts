import { learnSection141 } from './lesson-14-1.ts';
import { test } from './product/test.ts';

test.use({ locale: 'en' });

test('section 14.1 is learned in English by typing in the terminal', async ({ page, startProduct }) => {
  test.setTimeout(300_000);
  await learnSection141(page, await startProduct(), 'en');
});
