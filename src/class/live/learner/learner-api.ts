import { HistoryPage, KeptRolloutEntries, KeptRollouts } from '#contract/api.ts';
import { AttemptList, LabLook, LabUsage } from '#contract/class-live.ts';
import { request } from '../../../api-client/request.ts';

/** What an instructor may ask of one learner. */
export class LearnerApi {
  readonly #path: string;

  constructor(cohort: string, learner: string) {
    this.#path = `/api/cohorts/${encodeURIComponent(cohort)}/learners/${encodeURIComponent(learner)}`;
  }

  attempts() {
    return request(AttemptList, { path: `${this.#path}/attempts` });
  }
  list() {
    return request(KeptRollouts, { path: `${this.#path}/rollouts` });
  }
  entries(rollout: number) {
    return request(KeptRolloutEntries, { path: `${this.#path}/rollouts/${rollout}` });
  }
  look(lab: string, signal: AbortSignal) {
    return request(LabLook, { path: `${this.#path}/lab-sessions/${lab}/look`, signal });
  }
  history(lab: string, after: number, signal: AbortSignal) {
    return request(HistoryPage, { path: `${this.#path}/lab-sessions/${lab}/history?after=${after}`, signal });
  }
  usage(lab: string, signal: AbortSignal) {
    return request(LabUsage, { path: `${this.#path}/lab-sessions/${lab}/usage`, signal });
  }
}
