import type Docker from 'dockerode';
import type { FigureSheet, FigureSpec } from '../harness/figure-sheet.ts';
import type { Progress } from '../harness/progress.ts';

export interface SuiteContext {
  readonly engine: Docker;
  readonly engineUrl: string;
  readonly nodeImage: string;
  /** `ROLLOUT_LAB_…` of the caller, for the server. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly runs: number;
  /** How many labs at most stand side by side. */
  readonly labs: number;
  readonly sheet: FigureSheet;
  readonly progress: Progress;
  /** Aborts when the bench is stopped; everything started is then still removed. */
  readonly signal: AbortSignal;
}

export interface Suite {
  readonly name: string;
  readonly figures: readonly FigureSpec[];
  /** Puts its samples into the sheet. `null`: not written yet. */
  readonly measure: ((context: SuiteContext) => Promise<void>) | null;
}
