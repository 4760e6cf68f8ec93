import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { interleave } from '../harness/interleave.ts';
import { treeMemory, treeRssMiB } from '../measure/process-memory.ts';
import { ProductServer } from '../product/product-server.ts';
import type { SuiteContext } from './suite.ts';

const ONE_PROCESS = fileURLToPath(import.meta.resolve('../baselines/one-process-server.ts'));
const SETTLE_MS = 3000;
const REQUESTS = 40;
const REQUEST_PAUSE_MS = 10;
/** The broker is asked for it: free memory and disk. */
const ASKS_BROKER = '/healthz';

/** The server as a broker and a process without root, beside the same code in one process. */
export async function measureServerSplit(context: SuiteContext): Promise<void> {
  const { runs, progress, signal, sheet } = context;
  for (const { round, arm } of interleave(runs, ['ours', 'baseline'] as const)) {
    try {
      const { startMs, pssMiB, rssMiB, answersMs } = await look(context, arm);
      sheet.sample('server-start', arm, startMs);
      sheet.sample('server-memory', arm, pssMiB);
      sheet.sample('server-rss', arm, rssMiB);
      for (const ms of answersMs) sheet.sample('healthz-answer', arm, ms);
      progress(`server ${round} of ${runs}, ${arm}: ${Math.round(startMs)} ms, ${pssMiB.toFixed(1)} MiB`);
    } catch (failure) {
      signal.throwIfAborted();
      const reason = failure instanceof Error ? failure.message : String(failure);
      for (const name of ['server-start', 'server-memory', 'server-rss', 'healthz-answer'])
        sheet.fail(name, arm, reason);
    }
  }
}

async function look({ engine, environment, signal }: SuiteContext, arm: 'ours' | 'baseline') {
  const options = { engine, environment, warmLabs: 0, signal };
  await using server = await ProductServer.start(
    arm === 'ours' ? options : { ...options, script: ONE_PROCESS },
  );
  await delay(SETTLE_MS, undefined, { signal });
  const [{ pssMiB }, rssMiB] = [await treeMemory(server.pid), await treeRssMiB(server.pid)];
  const answersMs: number[] = [];
  for (let count = 0; count < REQUESTS; count += 1) {
    const ms = await server.learner.answerMs(ASKS_BROKER);
    await delay(REQUEST_PAUSE_MS, undefined, { signal });
    // Connections and just-in-time compilation fall on the first ones.
    if (count >= REQUESTS / 4) answersMs.push(ms);
  }
  return { startMs: server.startMs, pssMiB, rssMiB, answersMs };
}
