import type { Browser, Page } from '@playwright/test';
import { EN as WATCH_EN } from '../src/class/watch/texts-en.ts';
import { KO as WATCH_KO } from '../src/class/watch/texts-ko.ts';
import { KO as CHANNEL_KO } from '../src/class-channel/texts-ko.ts';
import { WATCH_KO as BAR_KO } from '../src/lab-pane/watch/texts-ko.ts';
import { instructorSetUp, joinClass, startClass } from './page/class-pages.ts';
import { LabPage } from './page/lab-page.ts';
import type { ProductServer, ServerSettings } from './product/product-server.ts';
import { expect, test } from './product/test.ts';

const TEACHER = '박선생';
const LEARNER = '김민수';
const COHORT = '화요일 반';

async function person(browser: Browser, origin: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, locale: 'ko' });
  return context.newPage();
}

/** An instructor on the page of a new class, and a learner who has joined it. */
async function classOfTwo(
  browser: Browser,
  startProduct: (settings: ServerSettings) => Promise<ProductServer>,
) {
  const product = await startProduct(startClass());
  const teacher = await person(browser, product.origin);
  await instructorSetUp(teacher, product.launchLink, { name: TEACHER, passphrase: '바람 부는 날 종이배' });
  await teacher.getByLabel('반 이름').fill(COHORT);
  await teacher.getByRole('button', { name: '반 만들기' }).click();
  await expect(teacher.getByRole('heading', { name: COHORT })).toBeVisible();
  await teacher.goto(`${teacher.url().split('&')[0]}&view=people`);
  const code = (await teacher.locator('.cl-code').textContent())?.trim() ?? '';
  const learner = await person(browser, product.origin);
  await learner.goto(`/join#${code}`);
  await joinClass(learner, LEARNER);
  return { product, teacher, learner };
}

/** The instructor's page of a lab, with what its terminal shows. */
class WatchPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  get screen() {
    return this.page.locator('.wt-terminal:not([hidden]) .xterm-rows');
  }

  async type(text: string): Promise<void> {
    await this.page.locator('.wt-terminal:not([hidden]) .xterm-helper-textarea').pressSequentially(text);
  }
}

test('the rule of the class; ask, allow, see, hand the keyboard over, take it back, end; decline', async ({
  browser,
  startProduct,
}) => {
  test.setTimeout(180_000);
  const { product, teacher, learner } = await classOfTwo(browser, startProduct);
  const lab = new LabPage(learner, product.origin, 'ko');
  await lab.open();
  await lab.start();

  await teacher.reload();
  await teacher.getByRole('link', { name: `${LEARNER} 님의 실습 지켜보기` }).click();
  const watch = new WatchPage(teacher);
  const bar = learner.getByRole('region', { name: BAR_KO.region });
  const headers = { 'x-rollout-lab': '1', origin: product.origin };
  const cohort = new URL(teacher.url()).searchParams.get('cohort') ?? '';
  const allowUnasked = (watchWithoutAsking: boolean) =>
    teacher.request.post(`/api/cohorts/${cohort}`, { headers, data: { policies: { watchWithoutAsking } } });

  // Where the class allows it, at once, with the bar; a page that is loaded again goes on.
  await allowUnasked(true);
  await teacher.goto(teacher.url().replace('/ko/', '/en/'));
  await teacher.getByRole('button', { name: WATCH_EN.begin }).click();
  await expect(bar).toContainText(BAR_KO.watching(TEACHER));
  await expect(bar).toContainText(BAR_KO.byPolicy);
  await expect(watch.screen).toContainText('$');
  await teacher.goto(teacher.url().replace('/en/', '/ko/'));
  await expect(watch.screen).toContainText('$');
  await watch.button(WATCH_KO.stop).click();
  await expect(bar).toHaveCount(0);
  await allowUnasked(false);
  await teacher.reload();

  // Asked, and allowed.
  await watch.button(WATCH_KO.ask).click();
  await expect(teacher.getByText(WATCH_KO.asking(LEARNER))).toBeVisible();
  const question = learner.getByRole('group', { name: BAR_KO.ask.watch(TEACHER) });
  await expect(question).toBeVisible();
  // Nothing shows before.
  await expect(teacher.locator('.wt-terminals')).toHaveCount(0);
  await question.getByRole('button', { name: BAR_KO.allow.watch }).click();
  await expect(bar).toContainText(BAR_KO.watching(TEACHER));

  // The screen as it was, and what is typed from then on, in the learner's size.
  await expect(watch.screen).toContainText('$');
  await lab.terminal.type('echo seen-$((40+2))\n');
  await expect(watch.screen).toContainText('seen-42');
  await expect(teacher.locator('.wt-side .lp-place')).toHaveCount(1);
  const sizes = await Promise.all(
    [learner, teacher].map((page) => page.locator('.xterm-rows:visible > div').count()),
  );
  expect(sizes[1]).toBe(sizes[0]);

  // A watcher's keys go nowhere.
  await watch.type('echo intruder');
  await lab.terminal.type('echo after\n');
  await expect(watch.screen).toContainText('after');
  expect(await watch.screen.textContent()).not.toContain('intruder');

  // The keyboard: both see who types.
  await watch.button(WATCH_KO.keyboard.ask).click();
  await learner
    .getByRole('group', { name: BAR_KO.ask.keyboard(TEACHER) })
    .getByRole('button', { name: BAR_KO.allow.keyboard })
    .click();
  await expect(teacher.locator('.lp-typing')).toHaveText(WATCH_KO.keyboard.mine);
  await watch.type('echo by-teacher-$((6*7))\n');
  await expect(bar).toContainText(BAR_KO.hasKeyboard(TEACHER));
  await expect(learner.locator('.lp-typing')).toHaveText(BAR_KO.typing(TEACHER));
  await lab.terminal.expectScreen('by-teacher-42');

  // Any key takes it back.
  await lab.terminal.type('e');
  await expect(teacher.getByText(WATCH_KO.keyboard.ends.learner(LEARNER))).toBeVisible();
  await expect(bar).toContainText(BAR_KO.watching(TEACHER));
  await lab.terminal.type('cho mine\n');
  await lab.terminal.expectScreen('mine');

  // A new terminal shows.
  await learner.getByRole('button', { name: lab.words.terminal.add('node1') }).click();
  await expect(teacher.locator('.wt-tabs [role=tab]')).toHaveCount(2);

  // The learner ends it.
  await bar.getByRole('button', { name: BAR_KO.end(TEACHER) }).click();
  await expect(teacher.getByText(WATCH_KO.ends.learner(LEARNER))).toBeVisible();
  await expect(bar).toHaveCount(0);
  await expect(teacher.locator('.wt-terminals')).toHaveCount(0);

  // Not now.
  await watch.button(WATCH_KO.ask).click();
  await question.getByRole('button', { name: BAR_KO.decline }).click();
  await expect(teacher.getByText(WATCH_KO.ends.declined(LEARNER))).toBeVisible();

  // Signing out ends it.
  await watch.button(WATCH_KO.ask).click();
  await question.getByRole('button', { name: BAR_KO.allow.watch }).click();
  await expect(bar).toContainText(BAR_KO.watching(TEACHER));
  await teacher.request.post('/api/logout', { headers });
  await expect(bar).toHaveCount(0);
});

test('an instructor runs a lab of their own and shows it to the class', async ({ browser, startProduct }) => {
  test.setTimeout(150_000);
  const { product, teacher, learner } = await classOfTwo(browser, startProduct);
  await learner.goto('/ko/chapter-14/');
  const lab = new LabPage(teacher, product.origin, 'ko');
  await lab.open();
  await lab.start();
  await expect(teacher.getByRole('combobox', { name: BAR_KO.show.label })).toContainText(COHORT);
  await lab.button(BAR_KO.show.start).click();
  await expect(lab.pane.getByText(BAR_KO.show.shown(COHORT))).toBeVisible();

  // Wherever the learner is.
  await expect(learner.getByText(CHANNEL_KO.show.title(TEACHER))).toBeVisible();
  const opened = learner.context().waitForEvent('page');
  await learner.getByRole('link', { name: CHANNEL_KO.show.watch }).click();
  const shown = await opened;
  const watch = new WatchPage(shown);
  await expect(shown.getByRole('heading', { name: WATCH_KO.show.title(TEACHER) })).toBeVisible();
  await lab.terminal.type('echo shown-$((40+2))\n');
  await expect(watch.screen).toContainText('shown-42');
  await expect(lab.pane.getByText(BAR_KO.show.viewers(1))).toBeVisible();
  await watch.type('echo intruder');
  await lab.terminal.type('echo after\n');
  await expect(watch.screen).toContainText('after');
  expect(await watch.screen.textContent()).not.toContain('intruder');

  await lab.button(BAR_KO.show.stop).click();
  await expect(shown.getByText(WATCH_KO.show.over)).toBeVisible();
  await expect(shown.locator('.wt-terminals')).toHaveCount(0);
  await expect(learner.getByText(CHANNEL_KO.show.title(TEACHER))).toHaveCount(0);
  // Nobody of the roster.
  const cohorts = await teacher.request.get('/api/cohorts');
  expect((await cohorts.json()).cohorts).toMatchObject([{ name: COHORT, seatsTaken: 1 }]);
});
