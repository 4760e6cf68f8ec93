import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { ClassChild } from '../class/class-child.ts';
import { launchBrowser } from '../harness/browser.ts';
import { treeCpuMs } from '../measure/process-cpu.ts';
import { rssMiB } from '../measure/process-memory.ts';
import { openVisit } from '../product/page-visit.ts';
import { PaintedPage } from '../product/painted-page.ts';
import type { SuiteContext } from './suite.ts';

const LEARNERS = 200;
/** Each learner does something every ten seconds: types, gets further, asks for a grading, loses a node. */
const EVENTS_PER_SECOND = 20;
const ROUND_MS = 15_000;
const PAINTED_WITHIN_MS = 5_000;
const LAST_ROW = `.lv-table tbody tr:nth-child(${LEARNERS})`;
const BYTES_PER_KB = 1_000;

/** In every round the same events with nobody looking, then with a page that does. */
export async function measureClass(context: SuiteContext): Promise<void> {
  const { signal, progress, runs } = context;
  progress(`seating ${LEARNERS} learners`);
  await using server = await ClassChild.start(LEARNERS, signal);
  await using browser = await launchBrowser();
  for (let round = 1; round <= runs; round++) {
    progress(`round ${round} of ${runs}`);
    await server.pace(EVENTS_PER_SECOND);
    await serverCosts(context, server, 'baseline');
    await watched(context, server, browser);
    await server.pace(0);
    await visit(context, server, browser);
  }
}

function urlOf({ origin, cohort }: ClassChild): string {
  return `${origin}/ko/class/?cohort=${cohort}&view=live`;
}

/** A visit with an empty cache, while nothing happens. */
async function visit({ sheet, signal }: SuiteContext, server: ClassChild, browser: Browser): Promise<void> {
  await using visit = await openVisit(browser, {
    url: urlOf(server),
    cookie: server.cookie,
    isThere: LAST_ROW,
    isStreaming: true,
  });
  sheet.sample('class-page-weight', 'ours', await visit.load.weight());
  const state = await server.firstState(signal);
  sheet.sample('class-first-state', 'ours', state.length / BYTES_PER_KB);
  sheet.sample('class-first-state-gzip', 'ours', gzipSync(state).length / BYTES_PER_KB);
}

async function serverCosts(
  { sheet, signal }: SuiteContext,
  { pid }: ClassChild,
  side: 'ours' | 'baseline',
): Promise<void> {
  const before = await treeCpuMs(pid);
  await delay(ROUND_MS, undefined, { signal });
  sheet.sample('class-server-cpu', side, ((await treeCpuMs(pid)) - before) / (ROUND_MS / 1_000));
  sheet.sample('class-server-memory', side, await rssMiB(pid));
}

async function watched(context: SuiteContext, server: ClassChild, browser: Browser): Promise<void> {
  const { sheet, signal } = context;
  await using page = await PaintedPage.open(browser, {
    url: urlOf(server),
    cookie: server.cookie,
    isThere: LAST_ROW,
    recorder: 'painted-cells.mjs',
  });
  sheet.sample('class-first-full-paint', 'ours', page.shownAfterMs);
  await server.news();
  const before = await page.workedMs();
  await serverCosts(context, server, 'ours');
  sheet.sample('class-page-work', 'ours', ((await page.workedMs()) - before) / (ROUND_MS / 1_000));
  await server.pace(0);
  await delay(PAINTED_WITHIN_MS, undefined, { signal });
  for (const { key, atMs } of await server.news()) {
    const paintedAtMs = await page.paintedAt(key, atMs);
    if (paintedAtMs === null) sheet.fail('event-to-painted-cell', 'ours', 'a cell was never shown so');
    else sheet.sample('event-to-painted-cell', 'ours', paintedAtMs - atMs);
  }
  const atRest = await page.workedMs();
  await delay(PAINTED_WITHIN_MS, undefined, { signal });
  const rest = ((await page.workedMs()) - atRest) / (PAINTED_WITHIN_MS / 1_000);
  sheet.sample('class-page-work-at-rest', 'ours', rest);
}
