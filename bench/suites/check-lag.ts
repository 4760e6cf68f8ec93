import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Docker from 'dockerode';
import { shareRootOf } from '../../server/docker/share-root.ts';
import { PollingMap } from '../baselines/polling-map.ts';
import { launchBrowser } from '../harness/browser.ts';
import { poll } from '../harness/wait.ts';
import { deployStack } from '../product/deploy-stack.ts';
import { startToPrompt } from '../product/lab-run.ts';
import { PaintedPage } from '../product/painted-page.ts';
import { ProductServer } from '../product/product-server.ts';
import { CHECK, ChangingSwarm } from './changing-swarm.ts';
import type { SuiteContext } from './suite.ts';

const CHANGES_PER_RUN = 3;
/** A little more than the baseline's period, and by how much more differs: its poll falls anywhere. */
const PAUSE_MS = { least: 5_200, spread: 2_000 };
const PAINTED_WITHIN_MS = 15_000;
const PAGE = '/en/chapter-14/14-1/';

/** A lesson's page and a page that polls look at the same swarm: every change is a sample of each. */
export async function measureVerdicts(context: SuiteContext): Promise<void> {
  const { engine, engineUrl, environment, signal, progress, runs } = context;
  progress('starting the server, a lab with the stack of 14.1, and a browser');
  await using server = await ProductServer.start({ engine, environment, warmLabs: 0, signal });
  const { learner } = server;
  const lab = await startToPrompt(learner, signal);
  await using _terminal = lab.terminal;
  const { id, nodes } = await server.environmentOf(lab.terminal.terminalId);
  await deployStack(nodes[0]?.containerId ?? '', engineUrl, signal);
  const inner = new Docker({ socketPath: join(shareRootOf(server.dataDir), id, 'node1', 'engine.sock') });
  await using swarm = await ChangingSwarm.of(server, { learner, lab });
  await using browser = await launchBrowser();
  await using baseline = await PollingMap.of(inner);
  const isThere = `.lp-check[data-check="${CHECK}"][data-verdict="passed"]`;
  const { origin, cookie } = learner;
  await using ours = await PaintedPage.open(browser, { url: `${origin}${PAGE}`, cookie, isThere });
  await using theirs = await PaintedPage.open(browser, { url: baseline.url, isThere });
  const pages = { ours, baseline: theirs };
  for (let change = 1; change <= runs * CHANGES_PER_RUN; change += 1) {
    await delay(PAUSE_MS.least + Math.random() * PAUSE_MS.spread, undefined, { signal });
    const ms = await oneChange(context, swarm, pages);
    progress(`change ${change} of ${runs * CHANGES_PER_RUN}: verdict told after ${Math.round(ms)} ms`);
  }
}

async function oneChange(
  { sheet, signal }: SuiteContext,
  swarm: ChangingSwarm,
  pages: Readonly<Record<'ours' | 'baseline', PaintedPage>>,
): Promise<number> {
  const { askedAtMs, isPassed, verdictMs } = await swarm.change(signal);
  sheet.sample('state-change-to-verdict', 'ours', verdictMs);
  const key = `check ${CHECK} ${isPassed ? 'passed' : 'failed'}`;
  for (const side of ['ours', 'baseline'] as const) {
    const wait = { what: `${key} on the page (${side})`, deadlineMs: PAINTED_WITHIN_MS, signal, everyMs: 50 };
    try {
      const paintedAtMs = await poll(wait, () => pages[side].paintedAt(key, askedAtMs));
      sheet.sample('state-change-to-painted-verdict', side, paintedAtMs - askedAtMs);
    } catch (failure) {
      signal.throwIfAborted();
      sheet.fail('state-change-to-painted-verdict', side, String(failure));
    }
  }
  return verdictMs;
}
