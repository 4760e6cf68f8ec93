import { learnSection141 } from './lesson-14-1.ts';
import { test } from './product/test.ts';

test.use({ locale: 'ko' });

test('section 14.1 is learned in Korean by typing in the terminal', async ({ page, startProduct }) => {
  test.setTimeout(300_000);
  await learnSection141(page, await startProduct(), 'ko');
});
