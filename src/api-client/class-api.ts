import {
  CohortAudit,
  type CohortChange,
  CohortInstructors,
  CohortList,
  CohortView,
  Invitation,
  JoinView,
  LinkView,
  NewSeatsAnswer,
  ReturnCode,
  Returned,
  Roster,
} from '#contract/class-api.ts';
import { request, requestNothing } from './request.ts';

/** Hashing a passphrase is slow on purpose, and others may be before us. */
const SLOW_TIMEOUT_MS = 60_000;

const post = (path: string, body?: unknown) =>
  ({ method: 'POST', path, body, timeoutMs: SLOW_TIMEOUT_MS }) as const;
const remove = (path: string) => ({ method: 'DELETE', path, timeoutMs: SLOW_TIMEOUT_MS }) as const;

interface Account {
  readonly name: string;
  readonly passphrase: string;
}

// ---- instructors -----------------------------------------------------------------------------------------

export const signInInstructor = (account: Account) => requestNothing(post('/api/class/sign-in', account));
export const lookAtLink = (token: string) => request(LinkView, post('/api/class/links/look', { token }));
export const useLink = (token: string, account: Account | null) =>
  requestNothing(post('/api/class/links/use', { token, account }));
export const changePassphrase = (old: string, passphrase: string) =>
  requestNothing(post('/api/class/passphrase', { old, passphrase }));
export const signOut = () => requestNothing(post('/api/logout'));

// ---- cohorts ---------------------------------------------------------------------------------------------

const of = (cohort: string) => `/api/cohorts/${encodeURIComponent(cohort)}`;
const learnerOf = (cohort: string, learner: string) =>
  `${of(cohort)}/learners/${encodeURIComponent(learner)}`;

export const fetchCohorts = async () => (await request(CohortList, { path: '/api/cohorts' })).cohorts;
export const createCohort = (cohort: { name: string; seats: number }) =>
  request(CohortView, post('/api/cohorts', cohort));
export const fetchCohort = (id: string) => request(CohortView, { path: of(id) });
export const changeCohort = (id: string, change: CohortChange) => request(CohortView, post(of(id), change));
export const deleteCohort = (id: string) => requestNothing(remove(of(id)));
export const renewJoinCode = (id: string) => request(CohortView, post(`${of(id)}/join-code`));

export const fetchInstructors = (id: string) => request(CohortInstructors, { path: `${of(id)}/instructors` });
export const inviteInstructor = (id: string) => request(Invitation, post(`${of(id)}/invitations`));
export const withdrawInvitation = (id: string, invitation: string) =>
  requestNothing(remove(`${of(id)}/invitations/${encodeURIComponent(invitation)}`));
export const removeInstructor = (id: string, instructor: string) =>
  requestNothing(remove(`${of(id)}/instructors/${encodeURIComponent(instructor)}`));
export const fetchAudit = (id: string) => request(CohortAudit, { path: `${of(id)}/audit` });

/** One's own lab. */
export const showToClass = (id: string, labSession: string) =>
  requestNothing(post(`${of(id)}/show`, { labSession }));
export const stopShowing = (id: string) => requestNothing(remove(`${of(id)}/show`));

// ---- roster ----------------------------------------------------------------------------------------------

export const fetchRoster = (id: string) => request(Roster, { path: `${of(id)}/learners` });
export const addSeats = (id: string, names: readonly string[]) =>
  request(NewSeatsAnswer, post(`${of(id)}/learners`, { names }));
export const renameLearner = (id: string, learner: string, name: string) =>
  requestNothing(post(`${learnerOf(id, learner)}/name`, { name }));
export const newReturnCodeOf = (id: string, learner: string) =>
  request(ReturnCode, post(`${learnerOf(id, learner)}/return-code`));
export const mergeLearners = (id: string, kept: string, other: string) =>
  requestNothing(post(`${learnerOf(id, kept)}/merge`, { other }));
export const removeLearner = (id: string, learner: string, data: 'keep' | 'delete') =>
  requestNothing(post(`${learnerOf(id, learner)}/remove`, { data }));
export const rosterCsvPath = (id: string, language: string) => `${of(id)}/roster.csv?lang=${language}`;
export const learnerDataPath = (id: string, learner: string) => `${learnerOf(id, learner)}/data`;

// ---- learners --------------------------------------------------------------------------------------------

export const lookAtJoinCode = (code: string) => request(JoinView, post('/api/join/look', { code }));
export const join = (code: string, name: string) => request(ReturnCode, post('/api/join', { code, name }));
export const comeBack = (code: string) => request(Returned, post('/api/join/return', { code }));
export const newReturnCode = () => request(ReturnCode, post('/api/me/return-code'));
export const deleteOwnData = () => requestNothing(post('/api/me/delete'));
export const OWN_DATA_PATH = '/api/me/data';
