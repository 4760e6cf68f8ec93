import type { ReadonlySignal } from '@preact/signals';
import type { KeptRolloutEntries, KeptRollouts, LabSessionView } from '#contract/api.ts';
import type { LabModel } from '../lab-model.ts';

/** The lab whose rollouts are shown: the learner's own, or one that an instructor looks at. */
export interface TimelineLab {
  readonly model: ReadonlySignal<LabModel>;
  readonly session: ReadonlySignal<LabSessionView | null>;
  readonly isReady: ReadonlySignal<boolean>;
}

/** Where rollouts of before are kept. */
export interface RolloutShelf {
  list(): Promise<KeptRollouts>;
  entries(rollout: number): Promise<KeptRolloutEntries>;
}
