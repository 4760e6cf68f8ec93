import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type Docker from 'dockerode';
import type { LabSessionId } from '#contract/ids.ts';
import { execOutput } from '../../server/docker/exec-output.ts';
import { NodeChild } from '../harness/child-process.ts';
import { poll } from '../harness/wait.ts';
import type { LearnerClient } from '../product/learner-client.ts';
import { AFTER_SIEGE, MAKE_FLOOD_IMAGE, SIEGE_ATTACKERS } from './siege-attackers.ts';

const FLOOD_TERMINAL = fileURLToPath(import.meta.resolve('./flood-terminal.ts'));
const OUTPUT_LIMIT_BYTES = 16 * 1024;
const COMMAND_DEADLINE_MS = 60_000;
const TERMINAL_DEADLINE_MS = 20_000;
/** Between the starts of two attackers: each gets in before the next makes it hard. */
const GAP_MS = 250;
/** Until the last has reached its limit. */
const LEAD_MS = 1500;
/** Attackers end by themselves; a lab at its limits is slow to say so. */
const PATIENCE_MS = 40_000;
const BACK_DEADLINE_MS = 60_000;

export interface Besieged {
  readonly container: Docker.Container;
  readonly learner: LearnerClient;
  readonly sessionId: LabSessionId;
}

/** Once per lab, while it is at rest. */
export async function prepareSiege({ container }: Besieged): Promise<void> {
  const said = await inLab(container, MAKE_FLOOD_IMAGE, COMMAND_DEADLINE_MS);
  if (said.exitCode !== 0) throw new Error(`no image for the log flood: ${said.output.slice(-200)}`);
}

/** One learner who runs every attack on the lab's limits at the same time, and a terminal that prints without end. */
export class Siege implements AsyncDisposable {
  readonly #terminal: NodeChild;
  readonly #said: Promise<string[]>;
  readonly #giveUp = new AbortController();

  private constructor({ container }: Besieged, terminal: NodeChild, seconds: number) {
    this.#terminal = terminal;
    const names = Object.keys(SIEGE_ATTACKERS);
    this.#said = Promise.all(
      names.map(async (name, index) => {
        await delay(index * GAP_MS);
        const left = Math.ceil(seconds - (index * GAP_MS) / 1000);
        const said = inLab(
          container,
          SIEGE_ATTACKERS[name]?.(left) ?? '',
          left * 1000 + PATIENCE_MS,
          this.#giveUp.signal,
        );
        return said.then(
          ({ output }) => `${name}: ${output.trim().split('\n').at(-1)?.slice(-60) ?? ''}`,
          (failure: unknown) => `${name}: ${String(failure).slice(0, 80)}`,
        );
      }),
    );
  }

  /** Resolves when all of them rage; they do so for `seconds` from then on. */
  static async begin(besieged: Besieged, seconds: number, signal: AbortSignal): Promise<Siege> {
    const { learner, sessionId } = besieged;
    const attackersMs = Object.keys(SIEGE_ATTACKERS).length * GAP_MS + LEAD_MS;
    const terminal = new NodeChild({
      name: 'the flooding terminal',
      script: FLOOD_TERMINAL,
      env: {
        BENCH_ORIGIN: learner.origin,
        BENCH_COOKIE: learner.cookie,
        BENCH_SESSION: sessionId,
        BENCH_SECONDS: String(Math.ceil(seconds + attackersMs / 1000)),
      },
      stopMs: 3000,
    });
    await using undo = new AsyncDisposableStack();
    undo.use(terminal);
    const wait = { what: 'the terminal to flood', deadlineMs: TERMINAL_DEADLINE_MS, signal };
    await terminal.printed(/flooding/, wait);
    const siege = undo.use(new Siege(besieged, terminal, seconds + attackersMs / 1000));
    await delay(attackersMs, undefined, { signal });
    undo.move();
    return siege;
  }

  /** Waits until all have ended. @returns what each has to say of itself */
  async ended(signal: AbortSignal): Promise<string[]> {
    const wait = { what: 'the flooding terminal to end', deadlineMs: PATIENCE_MS, signal };
    const [, flooded] = await this.#terminal.printed(/(flooded .*)\n/, wait).catch(() => ['', 'no word']);
    return [...(await this.#said), `terminal flood: ${flooded}`];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#giveUp.abort(new Error('the siege is over'));
    await Promise.allSettled([this.#terminal[Symbol.asyncDispose](), this.#said]);
  }
}

/** A lab that was at all its limits is itself again, without a reset. */
export async function whenBack({ container }: Besieged, signal: AbortSignal): Promise<void> {
  const script = `${AFTER_SIEGE}; timeout 20 docker ps -q >/dev/null && echo back`;
  await poll(
    { what: 'the attacked lab to come back', deadlineMs: BACK_DEADLINE_MS, signal, everyMs: 500 },
    async () => {
      const said = await inLab(container, script, COMMAND_DEADLINE_MS).catch(() => null);
      return said?.output.trim().endsWith('back') ? true : null;
    },
  );
}

function inLab(
  container: Docker.Container,
  script: string,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<{ exitCode: number; output: string }> {
  const command = ['lab-enter', 'bash', '-c', script];
  const deadline = AbortSignal.timeout(deadlineMs);
  const until = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  return execOutput(container, { command, maxOutputBytes: OUTPUT_LIMIT_BYTES }, until);
}
