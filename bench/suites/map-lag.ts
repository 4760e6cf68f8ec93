import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Docker from 'dockerode';
import { shareRootOf } from '../../server/docker/share-root.ts';
import { PollingMap } from '../baselines/polling-map.ts';
import { launchBrowser } from '../harness/browser.ts';
import { poll } from '../harness/wait.ts';
import { treeCpuMs } from '../measure/process-cpu.ts';
import { deployStack } from '../product/deploy-stack.ts';
import { startToPrompt } from '../product/lab-run.ts';
import { NodeEvents } from '../product/node-events.ts';
import { PaintedPage } from '../product/painted-page.ts';
import { ProductServer } from '../product/product-server.ts';
import type { SuiteContext } from './suite.ts';
import { preciseNowMs, WatchedSwarm } from './watched-swarm.ts';

const TURNS_PER_ROUND = 4;
/** A little more than the baseline's period, and by how much more differs: its poll falls anywhere. */
const TURN_PAUSE_MS = { least: 5_500, spread: 2_500 };
const PAINTED_WITHIN_MS = 15_000;
const REST_MS = 6_000;
const PAGE = '/en/chapter-14/14-1/';
const MAP_TAB = { name: 'Map', exact: true } as const;

type Side = 'ours' | 'baseline';
type Pages = Readonly<Record<Side, PaintedPage>>;

/** Both pages look at the same swarm at the same time: every change is a sample of each. */
export async function measureMap(context: SuiteContext): Promise<void> {
  const { engine, engineUrl, environment, signal, progress, runs } = context;
  progress('starting the server, a lab with the stack of 14.1, and a browser');
  await using server = await ProductServer.start({ engine, environment, warmLabs: 0, signal });
  const lab = await startToPrompt(server.learner, signal);
  await using _terminal = lab.terminal;
  const { id, nodes } = await server.environmentOf(lab.terminal.terminalId);
  await deployStack(nodes[0]?.containerId ?? '', engineUrl, signal);
  const socketPath = join(shareRootOf(server.dataDir), id, 'node1', 'engine.sock');
  const inner = new Docker({ socketPath });
  await using browser = await launchBrowser();
  await using baseline = await PollingMap.of(inner);
  await using ours = await PaintedPage.open(browser, {
    url: `${server.learner.origin}${PAGE}`,
    cookie: server.learner.cookie,
    prepare: (page) => page.locator('lab-pane').getByRole('tab', MAP_TAB).click(),
    isThere: '.lp-place[data-node="node1"]',
  });
  await using theirs = await PaintedPage.open(browser, { url: baseline.url, isThere: '.lp-place' });
  await using events = await NodeEvents.follow(inner, signal);
  const pages = { ours, baseline: theirs };
  const swarm = new WatchedSwarm(inner);

  await restCost(context, server.pid);
  for (let round = 1; round <= runs; round++) {
    progress(`round ${round} of ${runs}`);
    for (let turn = 0; turn < TURNS_PER_ROUND; turn++) await oneTurn(context, { swarm, events, pages });
    await oneRollout(context, { swarm, pages, serverPid: server.pid });
  }
}

async function oneTurn(
  { sheet, signal }: SuiteContext,
  {
    swarm,
    events,
    pages,
  }: { readonly swarm: WatchedSwarm; readonly events: NodeEvents; readonly pages: Pages },
): Promise<void> {
  await delay(TURN_PAUSE_MS.least + Math.random() * TURN_PAUSE_MS.spread, undefined, { signal });
  const { key, askedAtMs } = await swarm.turnAvailability();
  for (const side of ['ours', 'baseline'] as const) {
    const wait = { what: `${key} on the page (${side})`, deadlineMs: PAINTED_WITHIN_MS, signal, everyMs: 50 };
    try {
      const paintedAtMs = await poll(wait, () => pages[side].paintedAt(key, askedAtMs));
      sheet.sample('state-change-to-painted-map', side, paintedAtMs - askedAtMs);
      sheet.sample('event-to-painted-map', side, paintedAtMs - events.firstSince(askedAtMs));
    } catch (failure) {
      signal.throwIfAborted();
      sheet.fail('state-change-to-painted-map', side, String(failure));
    }
  }
}

async function oneRollout(
  { sheet, signal, progress }: SuiteContext,
  {
    swarm,
    pages,
    serverPid,
  }: { readonly swarm: WatchedSwarm; readonly pages: Pages; readonly serverPid: number },
): Promise<void> {
  const costs = async () => ({
    atMs: preciseNowMs(),
    server: await treeCpuMs(serverPid),
    ours: await pages.ours.workedMs(),
    baseline: await pages.baseline.workedMs(),
  });
  const before = await costs();
  const states = await swarm.rollOut(signal);
  const after = await costs();
  const seconds = (after.atMs - before.atMs) / 1_000;
  sheet.sample('rollout-server-cpu', 'ours', (after.server - before.server) / seconds);
  // The baseline's next poll is up to five seconds away.
  await delay(TURN_PAUSE_MS.least, undefined, { signal });
  for (const side of ['ours', 'baseline'] as const) {
    sheet.sample('rollout-page-work', side, (after[side] - before[side]) / seconds);
    for (const { key, atMs } of states) {
      const paintedAtMs = await pages[side].paintedAt(key, before.atMs);
      if (paintedAtMs === null) sheet.fail('task-state-to-painted-map', side, 'a state was never shown');
      else sheet.sample('task-state-to-painted-map', side, Math.max(paintedAtMs - atMs, 0));
    }
  }
  progress(`  ${states.length} states of tasks within ${seconds.toFixed(1)} s`);
}

/** The same watched page and lab with nothing going on. */
async function restCost({ sheet, signal, runs }: SuiteContext, serverPid: number): Promise<void> {
  for (let round = 0; round < runs; round++) {
    const before = await treeCpuMs(serverPid);
    await delay(REST_MS, undefined, { signal });
    sheet.sample('rest-server-cpu', 'ours', ((await treeCpuMs(serverPid)) - before) / (REST_MS / 1_000));
  }
}
