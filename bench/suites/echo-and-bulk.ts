import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PtyBaseline } from '../baselines/pty-baseline.ts';
import { interleave } from '../harness/interleave.ts';
import { percentile } from '../harness/statistics.ts';
import { startToPrompt } from '../product/lab-run.ts';
import { ProductServer } from '../product/product-server.ts';
import type { TerminalLink } from '../terminal-link.ts';
import { bulkOutput, drain, echoMs, promptSeen, runToPrompt } from '../terminal-talk.ts';
import type { SuiteContext } from './suite.ts';
import { failArm, sampleArm, TERMINAL_ARMS, type TerminalArm } from './terminal-arms.ts';

const PROMPT_DEADLINE_MS = 20_000;
const ECHO_DEADLINE_MS = 5000;
const BULK_DEADLINE_MS = 60_000;
const KEYS_PER_BLOCK = 100;
/** Just-in-time compilation and first connections fall on these, which are not counted. */
const WARM_UP_KEYS = 30;
/** The line is cleared before it wraps. */
const KEYS_PER_LINE = 40;
/** No key that also ends a terminal sequence. */
const KEYS = 'abdefgijlnopqrstuvwxyz';
const BULK_BYTES = 20_000_000;
const BULK_LINE = 'A line of text as a build or a log prints it, 0123456789, over and over again.';
const NODE_FILE = '/tmp/bench-bulk.txt';

type Links = Record<TerminalArm, TerminalLink>;

/** Keystroke echo and bulk output of one open terminal each. */
export async function measureEchoAndBulk(context: SuiteContext): Promise<void> {
  const { engine, engineUrl, environment, signal, progress } = context;
  progress('starting the server, one lab and both baselines');
  await using server = await ProductServer.start({ engine, environment, warmLabs: 0, signal });
  await using ours = (await startToPrompt(server.learner, signal)).terminal;
  const { nodes } = await server.environmentOf(ours.terminalId);
  const exec = execCommand(nodes[0]?.containerId ?? '');
  await using execServer = await PtyBaseline.start(exec, { DOCKER_HOST: engineUrl }, signal);
  await using localServer = await PtyBaseline.start(['bash', '--norc', '--noprofile', '-i'], {}, signal);
  await using execLink = await execServer.open();
  await using localLink = await localServer.open();
  const links: Links = { ours, exec: execLink, local: localLink };
  for (const arm of ['exec', 'local'] as const) {
    await promptSeen(links[arm], { deadlineMs: PROMPT_DEADLINE_MS, signal });
  }
  await measureEcho(context, links);
  await measureBulk(context, links);
}

/** The baseline's shell is the same: the learner's login shell in the same lab node. */
export function execCommand(containerId: string): readonly string[] {
  return ['docker', 'exec', '-it', containerId, 'lab-enter'];
}

async function measureEcho({ runs, sheet, progress, signal }: SuiteContext, links: Links): Promise<void> {
  const type = async (count: number, onEcho: (arm: TerminalArm, ms: number) => void): Promise<void> => {
    for (const { round, arm } of interleave(count, TERMINAL_ARMS)) {
      const key = KEYS[round % KEYS.length] ?? 'a';
      onEcho(arm, await echoMs(links[arm], key, { deadlineMs: ECHO_DEADLINE_MS, signal }));
      // Nobody types faster than this, and what the key has stirred up comes to rest.
      await delay(2 + Math.random() * 6);
      if (round % KEYS_PER_LINE === 0 || round === count) await clearLine(links[arm]);
    }
  };
  await type(WARM_UP_KEYS, () => {});
  for (let block = 1; block <= runs; block += 1) {
    const times: Record<TerminalArm, number[]> = { ours: [], exec: [], local: [] };
    await type(KEYS_PER_BLOCK, (arm, ms) => {
      times[arm].push(ms);
      sampleArm(sheet, 'keystroke-echo', arm, ms);
    });
    for (const arm of TERMINAL_ARMS) sampleArm(sheet, 'keystroke-echo-p99', arm, percentile(times[arm], 99));
    const medians = TERMINAL_ARMS.map((arm) => `${arm} ${percentile(times[arm], 50).toFixed(2)} ms`);
    progress(`echo, block ${block} of ${runs}: ${medians.join(', ')}`);
  }
}

async function clearLine(link: TerminalLink): Promise<void> {
  link.type('\x15');
  await drain(link, 30);
}

async function measureBulk({ runs, sheet, progress, signal }: SuiteContext, links: Links): Promise<void> {
  const localFile = join(tmpdir(), `rl-bench-${process.pid}.txt`);
  const text = Buffer.alloc(BULK_BYTES, `${BULK_LINE}\n`);
  try {
    await writeFile(localFile, text);
    const fill = `yes '${BULK_LINE}' | head -c ${BULK_BYTES} > ${NODE_FILE}`;
    await runToPrompt(links.ours, fill, { deadlineMs: BULK_DEADLINE_MS, signal });
    for (const { round, arm } of interleave(runs, TERMINAL_ARMS)) {
      const file = arm === 'local' ? localFile : NODE_FILE;
      try {
        const megabytesPerSecond = await bulkRate(links[arm], file, signal);
        sampleArm(sheet, 'bulk-output', arm, megabytesPerSecond);
        progress(`bulk ${round} of ${runs}, ${arm}: ${megabytesPerSecond.toFixed(1)} MB/s`);
      } catch (failure) {
        signal.throwIfAborted();
        const reason = failure instanceof Error ? failure.message : String(failure);
        failArm(sheet, 'bulk-output', arm, reason);
        progress(`bulk ${round} of ${runs}, ${arm}: ${reason}`);
        links[arm].type('\x03');
        await drain(links[arm], 1000);
      }
    }
  } finally {
    await rm(localFile, { force: true });
  }
}

/** MB/s of terminal output, which is a little more than the file: each line end becomes two bytes. */
async function bulkRate(link: TerminalLink, file: string, signal: AbortSignal): Promise<number> {
  const command = `cat ${file}; printf '%s-%s\\n' bulk end`;
  const { bytes, ms } = await bulkOutput(link, command, 'bulk-end', { deadlineMs: BULK_DEADLINE_MS, signal });
  await drain(link, 200);
  if (bytes < BULK_BYTES) throw new Error(`only ${bytes} of ${BULK_BYTES} bytes arrived`);
  return bytes / 1000 / ms;
}
