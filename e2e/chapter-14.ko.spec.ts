import { walkLessons } from './chapter-14/chapter-walk.ts';
import { LESSON_14_1 } from './chapter-14/lesson-14-1.ts';
import { LESSON_14_2 } from './chapter-14/lesson-14-2.ts';
import { LESSON_14_3 } from './chapter-14/lesson-14-3.ts';
import { LESSON_14_6 } from './chapter-14/lesson-14-6.ts';
import { signIn, test } from './product/test.ts';

test.use({ locale: 'ko', viewport: { width: 1600, height: 1300 } });

test('numbers ko', async ({ page, startProduct }) => {
  test.setTimeout(1_500_000);
  const product = await startProduct();
  await signIn(page, product);
  await walkLessons(page, product, 'ko', [LESSON_14_1, LESSON_14_2, LESSON_14_3]);
});

test('gallery ko', async ({ page, startProduct }) => {
  test.setTimeout(1_500_000);
  const product = await startProduct();
  await signIn(page, product);
  await walkLessons(page, product, 'ko', [LESSON_14_6]);
});
