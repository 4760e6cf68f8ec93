import { walkLessons } from './chapter-14/chapter-walk.ts';
import { LESSON_14_1 } from './chapter-14/lesson-14-1.ts';
import { LESSON_14_2 } from './chapter-14/lesson-14-2.ts';
import { LESSON_14_3 } from './chapter-14/lesson-14-3.ts';
import { LESSON_14_4 } from './chapter-14/lesson-14-4.ts';
import { LESSON_14_5 } from './chapter-14/lesson-14-5.ts';
import { LESSON_14_6 } from './chapter-14/lesson-14-6.ts';
import { signIn, test } from './product/test.ts';

test.use({ locale: 'en', viewport: { width: 1600, height: 1300 } });

for (const [name, plans] of Object.entries({
  numbers: [LESSON_14_1, LESSON_14_2, LESSON_14_3],
  cluster: [LESSON_14_4],
  quorum: [LESSON_14_5],
  gallery: [LESSON_14_6],
}))
  test(`${name} en`, async ({ page, startProduct }) => {
    test.setTimeout(1_500_000);
    const product = await startProduct();
    await signIn(page, product);
    await walkLessons(page, product, 'en', plans);
  });
