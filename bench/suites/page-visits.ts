import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from '@playwright/test';
import { launchBrowser } from '../harness/browser.ts';
import { runArms } from '../harness/run-arms.ts';
import { openVisit } from '../product/page-visit.ts';
import { ProductServer } from '../product/product-server.ts';
import type { SuiteContext } from './suite.ts';

const LESSON = '/ko/chapter-14/14-1/';
const INSTRUCTOR = '/ko/class/';
const PROMPT_WITHIN_MS = 60_000;
const START_BUTTON = 'lab-pane .lp-card .lp-primary';
const EMPTY_PAGE = '<!doctype html><html lang="ko"><title>empty</title><p>empty</p></html>';

/** Every visit has an empty cache; the lab of one is closed before the next. */
export async function measurePages(context: SuiteContext): Promise<void> {
  const { engine, environment, signal, progress, sheet, runs } = context;
  await using server = await ProductServer.start({ engine, environment, warmLabs: 1, signal });
  await using browser = await launchBrowser();
  await using empty = await emptyServer();
  const fails = (names: readonly string[], side: 'ours' | 'baseline') => (reason: string) => {
    for (const name of names) sheet.fail(name, side, reason);
  };
  const arms = {
    lesson: {
      measure: () => visitLesson(context, browser, server),
      onFailure: fails(['lesson-weight', 'lesson-weight-with-terminal', 'click-to-painted-prompt'], 'ours'),
    },
    instructor: {
      measure: () => visitInstructor(context, browser, server),
      onFailure: fails(['instructor-weight'], 'ours'),
    },
    'empty page': {
      measure: () => visitEmpty(context, browser, empty.url),
      onFailure: fails(['lesson-first-paint', 'lesson-largest-paint'], 'baseline'),
    },
  };
  await runArms(arms, { rounds: runs, progress, signal });
}

async function visitLesson(
  { sheet }: SuiteContext,
  browser: Browser,
  { learner }: ProductServer,
): Promise<string> {
  const url = `${learner.origin}${LESSON}`;
  await using visit = await openVisit(browser, { url, cookie: learner.cookie, isThere: START_BUTTON });
  const { page, load } = visit;
  const before = await load.vitals();
  const { wire, unpacked } = await load.transferred();
  const weight = await load.weight();
  sheet.sample('lesson-weight', 'ours', weight);
  sheet.sample('lesson-transferred', 'ours', wire);
  sheet.sample('lesson-transferred', 'baseline', unpacked);
  sheet.sample('lesson-fonts', 'ours', await load.fonts());
  sheet.sample('lesson-first-paint', 'ours', before.firstPaintMs);
  sheet.sample('lesson-largest-paint', 'ours', before.largestPaintMs);
  sheet.sample('lesson-layout-shift', 'ours', before.layoutShift);
  const clickedAtMs = performance.now();
  await page.locator(START_BUTTON).click();
  await page
    .locator('lab-pane .xterm-rows')
    .filter({ hasText: /[$#]\s*$/ })
    .first()
    .waitFor({ timeout: PROMPT_WITHIN_MS });
  sheet.sample('click-to-painted-prompt', 'ours', performance.now() - clickedAtMs);
  sheet.sample('lesson-weight-with-terminal', 'ours', await load.weight());
  sheet.sample('lesson-layout-shift-with-terminal', 'ours', (await load.vitals()).layoutShift);
  for (const session of await learner.labs()) await learner.closeLab(session.id);
  return `${weight.toFixed(1)} kB, shift ${before.layoutShift.toFixed(3)}`;
}

async function visitInstructor(
  { sheet }: SuiteContext,
  browser: Browser,
  { learner }: ProductServer,
): Promise<string> {
  const url = `${learner.origin}${INSTRUCTOR}`;
  await using visit = await openVisit(browser, { url, isThere: 'main h1' });
  const { load } = visit;
  const weight = await load.weight();
  sheet.sample('instructor-weight', 'ours', weight);
  return `${weight.toFixed(1)} kB`;
}

async function visitEmpty({ sheet }: SuiteContext, browser: Browser, url: string): Promise<string> {
  await using visit = await openVisit(browser, { url, isThere: 'p' });
  const { firstPaintMs, largestPaintMs } = await visit.load.vitals();
  sheet.sample('lesson-first-paint', 'baseline', firstPaintMs);
  sheet.sample('lesson-largest-paint', 'baseline', largestPaintMs);
  return `first paint ${Math.round(firstPaintMs)} ms`;
}

/** The floor: a page without anything. */
async function emptyServer(): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(EMPTY_PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
