import type { CatalogExercise, Progress } from '#contract/api.ts';
import type { LabDefinition } from '#contract/definitions.ts';
import type { LearnerId } from '#contract/ids.ts';
import type { Clock, LabHost, LabShell, LimitWatch } from '../ports.ts';
import type { PreparationParts } from './exercise-preparation.ts';
import type { IdleLimits } from './idle-policy.ts';
import type { LabTerminals } from './lab-terminals.ts';
import type { Log } from './log.ts';
import type { Previews } from './previews.ts';
import type { StartGrading } from './session-grading.ts';
import type { HistoryStore, LabSessionStore } from './stores.ts';
import type { WarmPool } from './warm-pool.ts';

/** What the life cycle of lab sessions works with. */
export interface LabParts extends PreparationParts {
  readonly host: LabHost;
  readonly shell: Pick<LabShell, 'run'>;
  readonly pool: WarmPool;
  readonly limitWatch: LimitWatch;
  readonly store: LabSessionStore;
  readonly history: HistoryStore;
  readonly terminals: LabTerminals;
  readonly previews: Pick<Previews, 'closeLab'>;
  readonly startGrading: StartGrading;
  readonly progress: (learnerId: LearnerId) => Progress;
  readonly definitionOf: (labId: string) => LabDefinition | null;
  /** Switches of nodes that don't work in an exercise, and why; `null` when all do. */
  readonly forbiddenSwitches: (exerciseId: string) => CatalogExercise['forbids'];
  readonly filesFolderOf: (definition: LabDefinition) => string;
  readonly newId: (length: number) => string;
  readonly clock: Clock;
  readonly log: Log;
  readonly maxLabs: number | undefined;
  /** Open at a time, of one learner. */
  readonly labsPerLearner: number | undefined;
  /** Created side by side at most. */
  readonly parallelStarts: number;
  readonly idle: IdleLimits;
}

/** For a start of all nodes, for one that boots again, and for adopting what runs. */
export const BOOT_DEADLINE_MS = 90_000;
/** For a single request to the engine. */
export const ENGINE_DEADLINE_MS = 30_000;
