import { setTimeout as delay } from 'node:timers/promises';
import { interleave } from '../harness/interleave.ts';
import { containerMemoryMiB } from '../measure/container-memory.ts';
import { BENCH_LAB } from '../product/lab-run.ts';
import { WallVariants } from '../product/wall-variants.ts';
import type { TerminalLink } from '../terminal-link.ts';
import { drain, echoMs, promptSeen } from '../terminal-talk.ts';
import type { SuiteContext } from './suite.ts';
import { failBeside, NODE_ARMS, type NodeArm, sampleBeside, WHOLE } from './wall-arms.ts';
import { type StartedNode, startNode } from './wall-node-start.ts';

/** After the last thing that moved in the engine. */
const QUIET_MS = 300;
const SETTLE_MS = 5000;
const START_DEADLINE_MS = 20_000;
const ECHO_DEADLINE_MS = 5000;
const KEYS_PER_RUN = 100;
const WARM_UP_KEYS = 20;
const KEYS_PER_LINE = 40;
const KEYS = 'abdefgijlnopqrstuvwxyz';

const OTHERS = NODE_ARMS.filter((arm) => arm !== WHOLE);
const SHELL_ARMS = NODE_ARMS.filter((arm) => arm !== 'no wall');

/** Create → ready, memory at rest and echo of one node in each arm. No server takes part. */
export async function measureNodes(context: SuiteContext): Promise<void> {
  const { runs, progress } = context;
  progress('making the image without a frame filter');
  await using variants = await WallVariants.prepare({ ...context, lab: BENCH_LAB });
  for (const { round, arm } of interleave(runs, NODE_ARMS)) {
    await attempt(context, arm, ['node-start'], async () => {
      await using node = await startNode(context, variants, arm);
      sample(context, 'node-start', arm, node.startMs);
      progress(`start ${round} of ${runs}, ${arm}: ${Math.round(node.startMs)} ms`);
    });
    await delay(QUIET_MS, undefined, { signal: context.signal });
  }
  const rounds = Math.max(1, Math.round(runs / 3));
  for (let round = 1; round <= rounds; round += 1) {
    await measureAtRest(context, variants, {
      label: `${round} of ${rounds}`,
      keys: (KEYS_PER_RUN * runs) / rounds,
    });
  }
}

/** One node of each arm, all of them up at the same time. */
async function measureAtRest(
  context: SuiteContext,
  variants: WallVariants,
  { label, keys }: { readonly label: string; readonly keys: number },
): Promise<void> {
  const { engine, progress, signal, sheet } = context;
  await using open = new AsyncDisposableStack();
  const nodes = new Map<NodeArm, StartedNode>();
  for (const { arm } of interleave(1, NODE_ARMS)) {
    await attempt(context, arm, ['node-memory-idle', 'node-echo'], async () => {
      nodes.set(arm, open.use(await startNode(context, variants, arm)));
    });
  }
  await delay(SETTLE_MS, undefined, { signal });
  for (const [arm, node] of nodes) {
    await attempt(context, arm, ['node-memory-idle'], async () => {
      const mib = await containerMemoryMiB(engine, node.container);
      sample(context, 'node-memory-idle', arm, mib);
      progress(`memory ${label}, ${arm}: ${mib.toFixed(1)} MiB`);
    });
  }
  const shells = new Map<NodeArm, TerminalLink>();
  for (const [arm, { openShell }] of nodes) {
    if (openShell === null) continue;
    await attempt(context, arm, ['node-echo'], async () => {
      const shell = open.use(await openShell());
      await promptSeen(shell, { deadlineMs: START_DEADLINE_MS, signal });
      shells.set(arm, shell);
    });
  }
  const type = async (count: number, onEcho: (arm: NodeArm, ms: number) => void): Promise<void> => {
    for (const { round, arm } of interleave(count, [...shells.keys()])) {
      const shell = shells.get(arm);
      if (shell === undefined) continue;
      onEcho(
        arm,
        await echoMs(shell, KEYS[round % KEYS.length] ?? 'a', { deadlineMs: ECHO_DEADLINE_MS, signal }),
      );
      await delay(2 + Math.random() * 4);
      if (round % KEYS_PER_LINE !== 0) continue;
      shell.type('\x15');
      await drain(shell, 30);
    }
  };
  try {
    await type(WARM_UP_KEYS, () => {});
    await type(keys, (arm, ms) => sample(context, 'node-echo', arm, ms));
    progress(`echo ${label}: ${keys} keys in each of ${shells.size} nodes`);
  } catch (failure) {
    signal.throwIfAborted();
    for (const arm of SHELL_ARMS) failBeside(sheet, beside('node-echo', arm), String(failure));
  }
}

const beside = (what: string, arm: NodeArm) => ({
  what,
  arm,
  others: what === 'node-echo' ? OTHERS.filter((other) => other !== 'no wall') : OTHERS,
});

function sample({ sheet }: SuiteContext, what: string, arm: NodeArm, value: number): void {
  sampleBeside(sheet, beside(what, arm), value);
}

/** What fails is missing with its reason, and the others go on. */
async function attempt(
  { sheet, signal, progress }: SuiteContext,
  arm: NodeArm,
  figures: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (failure) {
    signal.throwIfAborted();
    const reason = failure instanceof Error ? failure.message : String(failure);
    progress(`${arm}: ${reason}`);
    for (const what of figures) {
      if (what !== 'node-echo' || arm !== 'no wall') failBeside(sheet, beside(what, arm), reason);
    }
  }
}
