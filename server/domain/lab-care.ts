import { setTimeout as delay } from 'node:timers/promises';
import type { LabReason } from '#contract/api.ts';
import type { LearnerId } from '#contract/ids.ts';
import type { LocalizedText } from '#contract/language.ts';
import { LabError } from './lab-error.ts';
import type { LabSession } from './lab-session.ts';
import type { LabSessions } from './lab-sessions.ts';

/** What somebody who looks after labs does with one. */
export type CareAction =
  | { readonly type: 'reset' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'close' }
  | PrepareAction
  /** Nobody's absence pauses or closes it before then. */
  | { readonly type: 'extend'; readonly untilMs: number };

export interface PrepareAction {
  readonly type: 'prepare';
  readonly exercise: string;
  readonly title: LocalizedText;
  /** Where the exercise is done. */
  readonly lab: string;
}

/** Who does it and why, as its learner reads it. */
export interface Carer {
  readonly name: string;
  readonly reason: string | null;
}

/** `queued`: it has to wait for room, and begins by itself when its turn comes. */
export type CareOutcome = 'done' | 'queued';

/** A change of the same lab that is under way may end first. */
const BUSY_PATIENCE_MS = 3 * 60_000;
const RENEW_PATIENCE_MS = 5 * 60_000;
/** How often a lab that is being started is asked whether it waits for room. */
const LOOK_EVERY_MS = 250;

/**
 * Does one thing to one lab and resolves when it is done. Doing it again changes nothing more: what is paused stays
 * paused, what is closed closed.
 * @throws {LabError} what failed, LAB_BUSY when a change under way does not end, LAB_NOT_READY
 */
export async function careFor(
  sessions: LabSessions,
  session: LabSession,
  action: CareAction,
  by: Carer,
): Promise<CareOutcome> {
  if (session.status.state === 'closed') return closedAlready(action);
  if (action.type === 'close') {
    await sessions.close(session, byInstructor(by));
    return 'done';
  }
  if (action.type !== 'extend') await settled(session, BUSY_PATIENCE_MS, 'LAB_BUSY');
  switch (action.type) {
    case 'reset':
    case 'prepare':
      if (action.type === 'reset') sessions.reset(session);
      else sessions.prepare(session, action.exercise);
      session.notify('info', careNotice(action, by));
      return started(session);
    case 'pause':
      if (session.status.state !== 'paused') await sessions.pause(session, byInstructor(by));
      return 'done';
    case 'resume':
      if (session.status.state !== 'paused') return 'done';
      await sessions.resume(session);
      throwIfFailed(session);
      session.notify('info', careNotice(action, by));
      return 'done';
    case 'extend':
      session.keepUntil(action.untilMs);
      session.notify('info', careNotice(action, by));
      return 'done';
  }
}

/**
 * Gives a learner without this lab one that is at the exercise's start. Whoever has opened it meanwhile keeps it and
 * has it prepared.
 * @throws {LabError} as `careFor` and `LabSessions.start`
 */
export async function openPrepared(
  sessions: LabSessions,
  learnerId: LearnerId,
  action: PrepareAction,
  by: Carer,
): Promise<{ readonly session: LabSession; readonly outcome: CareOutcome }> {
  const open = sessions.listOf(learnerId).find(({ definition }) => definition.id === action.lab);
  if (open !== undefined) return { session: open, outcome: await careFor(sessions, open, action, by) };
  const session = await sessions.start(learnerId, action.lab, action.exercise);
  session.notify('info', careNotice({ type: 'open', title: action.title }, by));
  return { session, outcome: await started(session) };
}

/** @throws {LabError} what failed, LAB_NOT_READY */
async function started(session: LabSession): Promise<CareOutcome> {
  const isOver = settled(session, RENEW_PATIENCE_MS, 'LAB_NOT_READY').then(() => true);
  for (;;) {
    const look = delay(LOOK_EVERY_MS);
    if (await Promise.race([isOver, look.then(() => false)])) break;
    // Others need not wait for its turn. In line for the engine alone, it comes soon.
    if (waitsForRoom(session)) {
      isOver.catch(() => {});
      return 'queued';
    }
  }
  throwIfFailed(session);
  return 'done';
}

function waitsForRoom({ status }: LabSession): boolean {
  return 'queue' in status && status.queue !== undefined && status.queue.lacks !== 'turn';
}

function closedAlready(action: CareAction): CareOutcome {
  if (action.type !== 'close') throw new LabError('LAB_SESSION_UNKNOWN', 'the lab session is closed');
  return 'done';
}

function byInstructor({ name, reason }: Carer): LabReason {
  return { cause: 'instructor', name, reason };
}

async function settled(session: LabSession, patienceMs: number, code: 'LAB_BUSY' | 'LAB_NOT_READY') {
  const patience = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => patience.reject(new LabError(code, `lab session ${session.id} is being changed still`)),
    patienceMs,
  );
  await Promise.race([session.settled(), patience.promise]).finally(() => clearTimeout(timer));
}

function throwIfFailed({ id, status }: LabSession): void {
  if (status.state === 'failed')
    throw new LabError(status.code, `lab session ${id} failed`, { params: status.params });
}

/** What a learner is told of; `open`: a lab was started for them. */
type Told =
  | { readonly type: Exclude<CareAction['type'], 'prepare'> }
  | { readonly type: 'prepare' | 'open'; readonly title: LocalizedText };

function done(told: Told): LocalizedText {
  switch (told.type) {
    case 'reset':
      return { ko: '실습 환경을 초기화했어요.', en: 'reset your lab.' };
    case 'prepare':
      return {
        ko: `실습 환경을 ‘${told.title.ko}’의 시작 상태로 준비했어요.`,
        en: `brought your lab to the start of “${told.title.en}”.`,
      };
    case 'open':
      return {
        ko: `‘${told.title.ko}’ 실습을 시작할 수 있게 실습 환경을 열었어요.`,
        en: `opened this lab for you, at the start of “${told.title.en}”.`,
      };
    case 'pause':
      return { ko: '실습 환경을 일시 중지했어요.', en: 'paused your lab.' };
    case 'resume':
      return { ko: '실습 환경을 다시 깨웠어요.', en: 'woke your lab up.' };
    case 'close':
      return { ko: '실습 환경을 닫았어요.', en: 'closed your lab.' };
    case 'extend':
      return {
        ko: '자리를 비워도 실습 환경이 멈추지 않게 했어요.',
        en: 'keeps your lab running while you are away.',
      };
  }
}

/** What its learner reads: who did what, and why. */
export function careNotice(told: Told, { name, reason }: Carer): LocalizedText {
  const what = done(told);
  const why = reason === null ? { ko: '', en: '' } : { ko: ` 이유: ${reason}`, en: ` Reason: ${reason}` };
  return { ko: `${name} 강사가 ${what.ko}${why.ko}`, en: `${name} ${what.en}${why.en}` };
}
