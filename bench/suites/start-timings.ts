import { setTimeout as delay } from 'node:timers/promises';
import { HandMadeNode } from '../baselines/hand-made-node.ts';
import { interleave } from '../harness/interleave.ts';
import { BENCH_LAB, type OpenedLab, resetToPrompt, startToPrompt } from '../product/lab-run.ts';
import { ProductServer } from '../product/product-server.ts';
import type { SuiteContext } from './suite.ts';

/** After the last thing that moved in the engine, before the next clock starts. */
const SETTLE_MS = 300;

type Arm = 'warm' | 'cold' | 'hand-made';

/** Click → prompt and reset → prompt, with and without a warm lab, beside a lab node made by hand. */
export async function measureTimings(context: SuiteContext): Promise<void> {
  const { engine, environment, signal, progress, sheet, runs } = context;
  progress('starting two servers, one with a warm lab');
  const start = (warmLabs: number) => ProductServer.start({ engine, environment, warmLabs, signal });
  await using warm = await start(1);
  await using cold = await start(0);
  const measure: Record<Arm, () => Promise<string>> = {
    warm: () => timeProduct(context, { server: warm, kind: 'warm' }),
    cold: () => timeProduct(context, { server: cold, kind: 'cold' }),
    'hand-made': () => timeHandMade(context),
  };
  for (const { round, arm } of interleave(runs, Object.keys(measure) as Arm[])) {
    try {
      progress(`run ${round} of ${runs}, ${arm}: ${await measure[arm]()}`);
    } catch (failure) {
      signal.throwIfAborted();
      const reason = failure instanceof Error ? failure.message : String(failure);
      progress(`run ${round} of ${runs}, ${arm}: ${reason}`);
      for (const kind of arm === 'hand-made' ? (['warm', 'cold'] as const) : [arm]) {
        const side = arm === 'hand-made' ? 'baseline' : 'ours';
        sheet.fail(`click-to-prompt-${kind}`, side, reason);
        sheet.fail(`reset-to-prompt-${kind}`, side, reason);
      }
    }
  }
}

interface ProductArm {
  readonly server: ProductServer;
  readonly kind: 'warm' | 'cold';
}

async function timeProduct({ sheet, signal }: SuiteContext, { server, kind }: ProductArm): Promise<string> {
  const pool = kind === 'warm' ? 1 : 0;
  const { learner } = server;
  // A run that failed may have left its lab: the pool alone must be there.
  await closeLeftLab(server);
  const before = new Set((await server.whenQuiet(pool)).map((environment) => environment.id));
  await delay(SETTLE_MS);
  const started = await startToPrompt(learner, signal);
  await expectOrigin(server, started, before, kind);
  await started.terminal[Symbol.asyncDispose]();

  const full = new Set((await server.whenQuiet(pool + 1)).map((environment) => environment.id));
  await delay(SETTLE_MS);
  const fresh = await resetToPrompt(learner, started.session, signal);
  await expectOrigin(server, fresh, full, kind);
  await fresh.terminal[Symbol.asyncDispose]();
  await learner.closeLab(fresh.session.id);

  sheet.sample(`click-to-prompt-${kind}`, 'ours', started.ms);
  sheet.sample(`reset-to-prompt-${kind}`, 'ours', fresh.ms);
  return `start ${Math.round(started.ms)} ms, reset ${Math.round(fresh.ms)} ms`;
}

async function closeLeftLab({ learner }: ProductServer): Promise<void> {
  for (const session of await learner.labs()) await learner.closeLab(session.id);
}

/** A figure called warm must come from a lab that was there before the click, a cold one must not. */
async function expectOrigin(
  server: ProductServer,
  { terminal }: OpenedLab,
  before: ReadonlySet<string>,
  kind: 'warm' | 'cold',
): Promise<void> {
  const { id } = await server.environmentOf(terminal.terminalId);
  if (before.has(id) !== (kind === 'warm')) throw new Error(`the lab of this run was not a ${kind} one`);
}

async function timeHandMade({ sheet, ...context }: SuiteContext): Promise<string> {
  await using node = await HandMadeNode.prepare({ ...context, lab: BENCH_LAB });
  await delay(SETTLE_MS);
  const startedAtMs = performance.now();
  const startMs = (await node.runToPrompt()) - startedAtMs;
  await delay(SETTLE_MS);
  const resetAtMs = performance.now();
  const resetMs = (await node.resetToPrompt()) - resetAtMs;
  for (const kind of ['warm', 'cold']) {
    sheet.sample(`click-to-prompt-${kind}`, 'baseline', startMs);
    sheet.sample(`reset-to-prompt-${kind}`, 'baseline', resetMs);
  }
  return `start ${Math.round(startMs)} ms, reset ${Math.round(resetMs)} ms`;
}
