import {
  CareCourse,
  type CareEvent,
  CareProgress,
  CareRound,
  CareRoundList,
  type NewCareRound,
} from '#contract/class-care.ts';
import type { ServerSentEvent } from './event-parser.ts';
import { LabProblem } from './lab-problem.ts';
import { request, requestNothing } from './request.ts';

const of = (cohort: string) => `/api/cohorts/${encodeURIComponent(cohort)}`;

export const fetchCareCourse = (cohort: string) => request(CareCourse, { path: `${of(cohort)}/course` });
export const startCare = (cohort: string, round: NewCareRound) =>
  request(CareRound, { method: 'POST', path: `${of(cohort)}/care`, body: round, timeoutMs: 30_000 });
export const cancelCare = (cohort: string, id: string) =>
  requestNothing({ method: 'POST', path: `${of(cohort)}/care/${encodeURIComponent(id)}/cancel` });
export const careEventsPath = (cohort: string) => `${of(cohort)}/care/events`;

/** Names a round or a plan. */
export function newWorkId(): string {
  const letters = '0123456789abcdefghijklmnopqrstuv';
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => letters[byte % 32]).join('');
}

/**
 * `null` for events that this page does not know.
 * @throws {LabProblem} ANSWER_UNREADABLE when a known event has another shape
 */
export function readCareEvent({ name, data }: ServerSentEvent): CareEvent | null {
  try {
    const value = JSON.parse(data);
    switch (name) {
      case 'rounds':
        return { type: name, ...CareRoundList.parse(value) };
      case 'round':
        return { type: name, round: CareRound.parse(value.round) };
      case 'progress':
        return { type: name, ...CareProgress.parse(value) };
      default:
        return null;
    }
  } catch (cause) {
    throw new LabProblem('ANSWER_UNREADABLE', {}, cause);
  }
}
