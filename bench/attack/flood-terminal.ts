/**
 * A page whose terminal prints without end, as a process of its own: what it reads must not keep the bench's clock
 * waiting. Prints `flooding` when it does, and at the end how much came.
 */
import type { LabSessionId } from '#contract/ids.ts';
import { LearnerClient } from '../product/learner-client.ts';
import { openProductTerminal } from '../product/product-terminal.ts';
import { promptSeen } from '../terminal-talk.ts';

const FLOOD = 'yes "$(head -c 200 /dev/zero | tr "\\0" x)"';
const FLOODING_BYTES = 1_000_000;

const { BENCH_ORIGIN = '', BENCH_COOKIE = '', BENCH_SESSION = '', BENCH_SECONDS = '' } = process.env;
const { signal } = new AbortController();
const learner = LearnerClient.withCookie(BENCH_ORIGIN, BENCH_COOKIE, signal);
const terminal = await openProductTerminal(learner, BENCH_SESSION as LabSessionId, signal);
await promptSeen(terminal, { deadlineMs: 20_000, signal });
let bytes = 0;
let isFlooding = false;
terminal.listen((chunk) => {
  bytes += chunk.length;
  if (isFlooding || bytes < FLOODING_BYTES) return;
  isFlooding = true;
  process.stdout.write('flooding\n');
});
terminal.type(`timeout ${BENCH_SECONDS} ${FLOOD}\r`);
setTimeout(async () => {
  process.stdout.write(`flooded ${Math.round(bytes / 1_000_000)} MB\n`);
  await Promise.race([terminal[Symbol.asyncDispose](), new Promise((resolve) => setTimeout(resolve, 5000))]);
  process.exit(0);
}, Number(BENCH_SECONDS) * 1000);
