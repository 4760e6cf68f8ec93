import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import { PtyBaseline } from '../baselines/pty-baseline.ts';
import { interleave } from '../harness/interleave.ts';
import { containerMemoryMiB } from '../measure/container-memory.ts';
import { treeMemory } from '../measure/process-memory.ts';
import { extraLearners } from '../product/extra-learners.ts';
import { type OpenedLab, startToPrompt } from '../product/lab-run.ts';
import type { LearnerClient } from '../product/learner-client.ts';
import { ProductServer } from '../product/product-server.ts';
import { openProductTerminal } from '../product/product-terminal.ts';
import type { TerminalLink } from '../terminal-link.ts';
import { promptSeen, runToPrompt } from '../terminal-talk.ts';
import { execCommand } from './echo-and-bulk.ts';
import type { SuiteContext } from './suite.ts';
import { failArm, sampleArm, TERMINAL_ARMS, type TerminalArm } from './terminal-arms.ts';

const LABS = 4;
/** A node takes six; one stays free. */
const TERMINALS_PER_LAB = 5;
const TERMINALS = LABS * TERMINALS_PER_LAB;
const SETTLE_MS = 1500;
const PROMPT_DEADLINE_MS = 20_000;
/** More lines than any terminal keeps for replay. */
const FILL = 'seq 1 3000';

/** What one arm needs: where its memory goes, and a way to open the next terminal. */
interface Place {
  readonly serverPid: number;
  /** Lab nodes with the shells in them; none for local ones, which the server's process tree includes. */
  readonly containerIds: readonly string[];
  readonly open: () => Promise<TerminalLink>;
}

/** Memory per terminal, from 20 terminals at once: after the prompt, and with a full replay. */
export async function measureTerminalMemory(context: SuiteContext): Promise<void> {
  const rounds = Math.max(1, Math.round(context.runs / 3));
  const order = [...interleave(rounds, TERMINAL_ARMS)];
  for (let round = 1; round <= rounds; round += 1) {
    const arms = order.filter((run) => run.round === round).map((run) => run.arm);
    await measureRound(context, arms, `memory ${round} of ${rounds}`);
  }
}

/** A fresh server for each round: an earlier one's heap would already have room for the next terminals. */
async function measureRound(
  context: SuiteContext,
  arms: readonly TerminalArm[],
  label: string,
): Promise<void> {
  const { engine, engineUrl, environment, signal, sheet, progress } = context;
  await using server = await ProductServer.start({ engine, environment, warmLabs: 0, signal });
  const learners = [server.learner, ...(await extraLearners(serverPlace(server), LABS - 1, signal))];
  const labs = await Promise.all(learners.map((learner) => startToPrompt(learner, signal)));
  const containerIds = await Promise.all(labs.map((lab) => containerOf(server, lab)));
  await Promise.all(labs.map((lab) => lab.terminal[Symbol.asyncDispose]()));
  const places: Record<TerminalArm, () => Promise<Place & AsyncDisposable>> = {
    ours: async () => productPlace(server, { learners, labs, containerIds }, signal),
    exec: () =>
      baselinePlace(execCommand(containerIds[0] ?? ''), containerIds.slice(0, 1), engineUrl, signal),
    local: () => baselinePlace(['bash', '--norc', '--noprofile', '-i'], [], engineUrl, signal),
  };
  for (const arm of arms) {
    try {
      await using place = await places[arm]();
      const perTerminal = await memoryPerTerminal(engine, place, signal);
      sampleArm(sheet, 'terminal-memory', arm, perTerminal.promptTotal);
      if (arm !== 'local') {
        const side = arm === 'ours' ? 'ours' : 'baseline';
        sheet.sample('terminal-memory-server', side, perTerminal.promptServer);
        sheet.sample('terminal-memory-node', side, perTerminal.promptTotal - perTerminal.promptServer);
        sheet.sample('terminal-memory-server-replay', side, perTerminal.replayServer);
      }
      progress(`${label}, ${arm}: ${perTerminal.promptTotal.toFixed(2)} MiB per terminal`);
    } catch (failure) {
      signal.throwIfAborted();
      const reason = failure instanceof Error ? failure.message : String(failure);
      progress(`${label}, ${arm}: ${reason}`);
      failArm(sheet, 'terminal-memory', arm, reason);
      if (arm === 'local') continue;
      for (const name of [
        'terminal-memory-server',
        'terminal-memory-node',
        'terminal-memory-server-replay',
      ]) {
        sheet.fail(name, arm === 'ours' ? 'ours' : 'baseline', reason);
      }
    }
  }
}

async function memoryPerTerminal(engine: Docker, place: Place, signal: AbortSignal) {
  // The first terminal pays for what all of them share.
  const first = await place.open();
  await promptSeen(first, { deadlineMs: PROMPT_DEADLINE_MS, signal });
  await first[Symbol.asyncDispose]();
  const before = await memoryOf(engine, place, signal);
  const links: TerminalLink[] = [];
  await using open = new AsyncDisposableStack();
  // All at once: twenty shells that end one after another take long.
  open.defer(async () => void (await Promise.allSettled(links.map((link) => link[Symbol.asyncDispose]()))));
  for (let count = 0; count < TERMINALS; count += 1) {
    const link = await place.open();
    links.push(link);
    await promptSeen(link, { deadlineMs: PROMPT_DEADLINE_MS, signal });
  }
  const atPrompt = await memoryOf(engine, place, signal);
  for (const link of links) await runToPrompt(link, FILL, { deadlineMs: PROMPT_DEADLINE_MS, signal });
  const filled = await memoryOf(engine, place, signal);
  const promptServer = (atPrompt.serverMiB - before.serverMiB) / TERMINALS;
  return {
    promptServer,
    promptTotal: promptServer + (atPrompt.nodesMiB - before.nodesMiB) / TERMINALS,
    replayServer: (filled.serverMiB - before.serverMiB) / TERMINALS,
  };
}

async function memoryOf(engine: Docker, { serverPid, containerIds }: Place, signal: AbortSignal) {
  await delay(SETTLE_MS, undefined, { signal });
  const nodes = await Promise.all(containerIds.map((id) => containerMemoryMiB(engine, id)));
  return {
    serverMiB: (await treeMemory(serverPid)).pssMiB,
    nodesMiB: nodes.reduce((sum, mib) => sum + mib, 0),
  };
}

interface OpenLabs {
  readonly learners: readonly LearnerClient[];
  readonly labs: readonly OpenedLab[];
  readonly containerIds: readonly string[];
}

function productPlace(
  server: ProductServer,
  { learners, labs, containerIds }: OpenLabs,
  signal: AbortSignal,
): Place & AsyncDisposable {
  let opened = 0;
  const open = async (): Promise<TerminalLink> => {
    const at = opened % LABS;
    opened += 1;
    const [learner, lab] = [learners[at], labs[at]];
    if (learner === undefined || lab === undefined) throw new Error(`no lab ${at}`);
    return openProductTerminal(learner, lab.session.id, signal);
  };
  return { serverPid: server.pid, containerIds, open, [Symbol.asyncDispose]: async () => {} };
}

async function baselinePlace(
  command: readonly string[],
  containerIds: readonly string[],
  engineUrl: string,
  signal: AbortSignal,
): Promise<Place & AsyncDisposable> {
  const server = await PtyBaseline.start(command, { DOCKER_HOST: engineUrl }, signal);
  return {
    serverPid: server.pid,
    containerIds,
    open: () => server.open(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function containerOf(server: ProductServer, { terminal }: OpenedLab): Promise<string> {
  const { nodes } = await server.environmentOf(terminal.terminalId);
  if (nodes[0] === undefined) throw new Error('the lab has no node');
  return nodes[0].containerId;
}

function serverPlace(server: ProductServer): { dataDir: string; origin: string } {
  return { dataDir: server.dataDir, origin: server.learner.origin };
}
