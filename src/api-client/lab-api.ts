import {
  CatalogLesson,
  ExerciseVerdict,
  HintsResponse,
  HistoryPage,
  KeptRolloutEntries,
  KeptRollouts,
  LabSessionView,
  Me,
  Progress,
  SolutionResponse,
  StartComparison,
  TerminalView,
  TicketResponse,
} from '#contract/api.ts';
import type { WatchId } from '#contract/class-watch.ts';
import type { LabSessionId, TerminalId } from '#contract/ids.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import { PreviewView } from '#contract/preview.ts';
import { type AnswerSchema, request, requestNothing } from './request.ts';

/** Starting and resetting may wait for a booted node before they answer. */
const SLOW_TIMEOUT_MS = 60_000;
/** Looking at every node of a lab that has lost its quorum takes as long as their own deadlines. */
const COMPARE_TIMEOUT_MS = 30_000;

export const fetchMe = () => request(Me, { path: '/api/me' });
export const fetchProgress = () => request(Progress, { path: '/api/progress' });
export const fetchLesson = (lesson: string) =>
  request(CatalogLesson, { path: `/api/catalog/lessons/${encodeURIComponent(lesson)}` });

export const fetchLabSessions = () => request(listOf(LabSessionView), { path: '/api/lab-sessions' });
export const startLab = (lab: string) =>
  request(LabSessionView, {
    method: 'POST',
    path: '/api/lab-sessions',
    body: { lab },
    timeoutMs: SLOW_TIMEOUT_MS,
  });
export const resetLab = (id: LabSessionId) =>
  requestNothing({ method: 'POST', path: `${ofSession(id)}/reset`, timeoutMs: SLOW_TIMEOUT_MS });
export const resumeLab = (id: LabSessionId) =>
  requestNothing({ method: 'POST', path: `${ofSession(id)}/resume`, timeoutMs: SLOW_TIMEOUT_MS });
export const closeLab = (id: LabSessionId) =>
  requestNothing({ method: 'DELETE', path: ofSession(id), timeoutMs: SLOW_TIMEOUT_MS });
export const prepareExercise = (id: LabSessionId, exercise: string) =>
  requestNothing({
    method: 'POST',
    path: `${ofSession(id)}/prepare`,
    body: { exercise },
    timeoutMs: SLOW_TIMEOUT_MS,
  });
export const fetchStart = (id: LabSessionId, exercise: string) =>
  request(StartComparison, {
    path: `${ofSession(id)}/exercises/${encodeURIComponent(exercise)}/start`,
    timeoutMs: COMPARE_TIMEOUT_MS,
  });
export const switchNode = (id: LabSessionId, node: string, to: NodeCondition) =>
  request(LabSessionView, {
    method: 'POST',
    path: `${ofSession(id)}/nodes/${encodeURIComponent(node)}/power`,
    body: { to },
    timeoutMs: SLOW_TIMEOUT_MS,
  });
export const fetchLabSession = (id: LabSessionId) => request(LabSessionView, { path: ofSession(id) });
export const fetchHistory = (id: LabSessionId, after: number, signal: AbortSignal) =>
  request(HistoryPage, { path: `${ofSession(id)}/history?after=${after}`, signal });
export const fetchRollouts = () => request(KeptRollouts, { path: '/api/rollouts' });
export const fetchRollout = (id: number) => request(KeptRolloutEntries, { path: `/api/rollouts/${id}` });
export const labEventsPath = (id: LabSessionId) => `${ofSession(id)}/events`;

export const openTerminal = (id: LabSessionId, size: { node: string; cols: number; rows: number }) =>
  request(TerminalView, { method: 'POST', path: `${ofSession(id)}/terminals`, body: size });
export const closeTerminal = (id: LabSessionId, terminal: TerminalId) =>
  requestNothing({ method: 'DELETE', path: `${ofSession(id)}/terminals/${terminal}` });
export const fetchTicket = async (id: LabSessionId, terminal: TerminalId) =>
  (await request(TicketResponse, { method: 'POST', path: `${ofSession(id)}/terminals/${terminal}/ticket` }))
    .ticket;

const ofWatch = (id: LabSessionId, watch: WatchId) => `${ofSession(id)}/watches/${watch}`;
export const answerWatch = (id: LabSessionId, watch: WatchId, answer: 'allow' | 'decline') =>
  requestNothing({ method: 'POST', path: ofWatch(id, watch), body: { answer } });
export const endWatch = (id: LabSessionId, watch: WatchId) =>
  requestNothing({ method: 'DELETE', path: ofWatch(id, watch) });
export const answerKeyboard = (id: LabSessionId, watch: WatchId, answer: 'allow' | 'decline') =>
  requestNothing({ method: 'POST', path: `${ofWatch(id, watch)}/keyboard`, body: { answer } });
export const takeKeyboardBack = (id: LabSessionId, watch: WatchId) =>
  requestNothing({ method: 'DELETE', path: `${ofWatch(id, watch)}/keyboard` });

export const openPreview = (
  id: LabSessionId,
  target: { readonly node: string; readonly port: number },
  signal: AbortSignal,
) => request(PreviewView, { method: 'POST', path: `${ofSession(id)}/previews`, body: target, signal });

export const activateExercise = (id: LabSessionId, exercise: string) =>
  requestNothing({ method: 'POST', path: `${ofSession(id)}/exercise`, body: { exercise } });
export const checkExercise = (id: LabSessionId) =>
  request(ExerciseVerdict, { method: 'POST', path: `${ofSession(id)}/check` });
export const sendAnswer = (id: LabSessionId, check: string, answer: string) =>
  request(ExerciseVerdict, { method: 'POST', path: `${ofSession(id)}/answers`, body: { check, answer } });

export const fetchHints = (exercise: string) =>
  request(HintsResponse, { path: `${ofExercise(exercise)}/hints` });
export const showNextHint = (exercise: string) =>
  request(HintsResponse, { method: 'POST', path: `${ofExercise(exercise)}/hints` });
export const showSolution = (exercise: string) =>
  request(SolutionResponse, { method: 'POST', path: `${ofExercise(exercise)}/solution` });

function ofSession(id: LabSessionId): string {
  return `/api/lab-sessions/${id}`;
}

function ofExercise(exercise: string): string {
  return `/api/exercises/${encodeURIComponent(exercise)}`;
}

function listOf<T>(item: AnswerSchema<T>): AnswerSchema<readonly T[]> {
  return {
    safeParse(value) {
      if (!Array.isArray(value)) return { success: false, error: 'not a list' };
      const data: T[] = [];
      for (const entry of value) {
        const parsed = item.safeParse(entry);
        if (!parsed.success) return parsed;
        data.push(parsed.data);
      }
      return { success: true, data };
    },
  };
}
