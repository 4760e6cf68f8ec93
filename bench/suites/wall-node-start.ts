import { DockerLabShell } from '../../server/docker/lab-shell.ts';
import { HandMadeNode } from '../baselines/hand-made-node.ts';
import { openPtyLink } from '../baselines/pty-link.ts';
import { BENCH_LAB } from '../product/lab-run.ts';
import type { WallVariant, WallVariants } from '../product/wall-variants.ts';
import type { TerminalLink } from '../terminal-link.ts';
import type { SuiteContext } from './suite.ts';
import type { NodeArm } from './wall-arms.ts';

const SHELL_DEADLINE_MS = 20_000;

export interface StartedNode extends AsyncDisposable {
  readonly startMs: number;
  readonly container: string;
  /** `null`: nobody gets a shell there the way a learner does. */
  readonly openShell: (() => Promise<TerminalLink>) | null;
}

/** One node of an arm, up and ready. */
export async function startNode(
  context: SuiteContext,
  variants: WallVariants,
  arm: NodeArm,
): Promise<StartedNode> {
  if (arm !== 'docker run' && arm !== 'no wall') return startVariant(context, variants, arm);
  const node = await HandMadeNode.prepare({ ...context, lab: BENCH_LAB, hasWall: arm === 'docker run' });
  await using undo = new AsyncDisposableStack();
  undo.use(node);
  const askedAtMs = performance.now();
  await node.runToReady();
  const startMs = performance.now() - askedAtMs;
  undo.move();
  return {
    startMs,
    container: node.containerName,
    openShell: arm === 'no wall' ? null : async () => node.openShell(),
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  };
}

async function startVariant(
  { engineUrl }: SuiteContext,
  variants: WallVariants,
  variant: WallVariant,
): Promise<StartedNode> {
  const askedAtMs = performance.now();
  const environment = await variants.create(variant);
  const startMs = performance.now() - askedAtMs;
  const [node] = environment.nodes;
  if (node === undefined) throw new Error('a lab without nodes');
  const shell = new DockerLabShell({ engineUrl });
  const id = 'tbench0000000';
  return {
    startMs,
    container: node.containerId,
    openShell: async () => {
      await shell.start(node, id, { cols: 100, rows: 30 }, AbortSignal.timeout(SHELL_DEADLINE_MS));
      const { file, args } = shell.attachCommand(node, id);
      return openPtyLink([file, ...args], {}, '\x15exit\r');
    },
    [Symbol.asyncDispose]: () => variants.remove(environment),
  };
}
