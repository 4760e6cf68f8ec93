import { type NewMessage, UnlockableExercises, type UnlockRequest } from '#contract/class-help.ts';
import { request, requestNothing } from './request.ts';

// ---- learners --------------------------------------------------------------------------------------------

export const raiseHand = (hand: { readonly exercise: string | null; readonly words: string }) =>
  requestNothing({ method: 'POST', path: '/api/me/hand', body: hand });
export const lowerHand = () => requestNothing({ method: 'DELETE', path: '/api/me/hand' });
export const readMessage = (id: string) =>
  requestNothing({ method: 'POST', path: `/api/me/messages/${encodeURIComponent(id)}/read` });

// ---- instructors -----------------------------------------------------------------------------------------

const of = (cohort: string) => `/api/cohorts/${encodeURIComponent(cohort)}`;
const handOf = (cohort: string, learner: string) => `${of(cohort)}/hands/${encodeURIComponent(learner)}`;

export const helpEventsPath = (cohort: string) => `${of(cohort)}/help/events`;
export const takeHand = (cohort: string, learner: string, instead: boolean) =>
  requestNothing({ method: 'POST', path: `${handOf(cohort, learner)}/take`, body: { instead } });
export const releaseHand = (cohort: string, learner: string) =>
  requestNothing({ method: 'POST', path: `${handOf(cohort, learner)}/release` });
export const handDone = (cohort: string, learner: string) =>
  requestNothing({ method: 'POST', path: `${handOf(cohort, learner)}/done` });

export const sendMessage = (cohort: string, message: NewMessage) =>
  requestNothing({ method: 'POST', path: `${of(cohort)}/messages`, body: message });
export const withdrawMessage = (cohort: string, id: string) =>
  requestNothing({ method: 'DELETE', path: `${of(cohort)}/messages/${encodeURIComponent(id)}` });

export const fetchUnlockable = async (cohort: string) =>
  (await request(UnlockableExercises, { path: `${of(cohort)}/exercises` })).exercises;
export const setUnlocked = (cohort: string, unlocked: UnlockRequest) =>
  requestNothing({ method: 'POST', path: `${of(cohort)}/unlocked`, body: unlocked });
