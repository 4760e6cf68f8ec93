import type { LabSessionView } from '#contract/api.ts';
import { promptSeen } from '../terminal-talk.ts';
import type { LearnerClient } from './learner-client.ts';
import { openProductTerminal, type ProductTerminal } from './product-terminal.ts';
import type { StepSeen } from './ready-from-events.ts';

export const BENCH_LAB = 'numbers';
const PROMPT_DEADLINE_MS = 30_000;

export interface OpenedLab {
  readonly session: LabSessionView;
  readonly terminal: ProductTerminal;
  /** From the click to the prompt. */
  readonly ms: number;
  /** What it was made of, in order. Milliseconds by step; `request` until the first one, `terminal` after the last. */
  readonly parts: ReadonlyMap<string, number>;
  /** When its turn came: it no longer waited. Epoch milliseconds. */
  readonly givenAtMs: number;
}

/** What a click on "start the lab" does, up to the first prompt. */
export async function startToPrompt(learner: LearnerClient, signal: AbortSignal): Promise<OpenedLab> {
  const clickedAtMs = performance.now();
  return toPrompt(learner, await learner.startLab(BENCH_LAB), clickedAtMs, signal);
}

/** What the confirmed reset does, up to the prompt of the fresh lab. */
export async function resetToPrompt(
  learner: LearnerClient,
  old: LabSessionView,
  signal: AbortSignal,
): Promise<OpenedLab> {
  const clickedAtMs = performance.now();
  await learner.resetLab(old.id);
  return toPrompt(learner, { ...old, generation: old.generation + 1 }, clickedAtMs, signal);
}

async function toPrompt(
  learner: LearnerClient,
  session: LabSessionView,
  clickedAtMs: number,
  signal: AbortSignal,
): Promise<OpenedLab> {
  const steps = await learner.whenReady(session.id, session.generation);
  const terminal = await openProductTerminal(learner, session.id, signal);
  const promptAtMs = await promptSeen(terminal, { deadlineMs: PROMPT_DEADLINE_MS, signal });
  const givenAtMs = steps.find(({ step }) => step !== 'queued')?.sinceMs ?? 0;
  const parts = partsOf(steps, clickedAtMs, promptAtMs);
  return { session, terminal, ms: promptAtMs - clickedAtMs, parts, givenAtMs };
}

function partsOf(
  steps: readonly StepSeen[],
  clickedAtMs: number,
  promptAtMs: number,
): ReadonlyMap<string, number> {
  const epoch = (atMs: number): number => performance.timeOrigin + atMs;
  const marks = [{ step: 'request', sinceMs: epoch(clickedAtMs) }, ...steps];
  return new Map(
    marks.map(({ step, sinceMs }, index) => [
      step === 'ready' ? 'terminal' : step,
      (marks[index + 1]?.sinceMs ?? epoch(promptAtMs)) - sinceMs,
    ]),
  );
}
