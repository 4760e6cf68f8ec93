import type { LabSessionState } from '#contract/api.ts';
import type { CohortId, LabSessionId, LearnerId } from '#contract/ids.ts';
import type { LocalizedText } from '#contract/language.ts';

/** A learner whose labs somebody may look after, as the page knows them just now. */
export interface CareTarget {
  readonly learnerId: LearnerId;
  readonly name: string;
  /** The open ones. */
  readonly labSessions: readonly {
    readonly id: LabSessionId;
    readonly lab: string;
    readonly title: LocalizedText;
    readonly state: LabSessionState['state'];
  }[];
}

/** Of `CareBar` (care-bar.tsx): what can be done with the labs of those who are selected. Without targets it shows nothing. */
export interface CareBarProps {
  readonly cohort: CohortId;
  readonly targets: readonly CareTarget[];
  /** The targets are the whole class: who comes in meanwhile is meant, too. */
  readonly isEverybody?: boolean;
}
