import type { LabReason } from '#contract/api.ts';
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
  | { readonly type: 'prepare'; readonly exercise: string }
  /** Nobody's absence pauses or closes it before then. */
  | { readonly type: 'extend'; readonly untilMs: number };

/** Who does it and why, as its learner reads it. */
export interface Carer {
  readonly name: string;
  readonly reason: string | null;
}

/** A change of the same lab that is under way may end first. */
const BUSY_PATIENCE_MS = 3 * 60_000;
const RENEW_PATIENCE_MS = 5 * 60_000;
/** A failed lab has no place any more: when it has to wait for one, it is left to the queue. */
const PLACE_PATIENCE_MS = 30_000;

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
): Promise<void> {
  if (session.status.state === 'closed') return closedAlready(action);
  if (action.type === 'close') {
    await sessions.close(session, byInstructor(by));
    return;
  }
  if (action.type !== 'extend') await settled(session, BUSY_PATIENCE_MS, 'LAB_BUSY');
  switch (action.type) {
    case 'reset':
    case 'prepare': {
      const patienceMs = session.environment === null ? PLACE_PATIENCE_MS : RENEW_PATIENCE_MS;
      if (action.type === 'reset') sessions.reset(session);
      else sessions.prepare(session, action.exercise);
      session.notify('info', careNotice(action, by));
      await settled(session, patienceMs, 'LAB_NOT_READY');
      throwIfFailed(session);
      return;
    }
    case 'pause':
      if (session.status.state !== 'paused') await sessions.pause(session, byInstructor(by));
      return;
    case 'resume':
      await sessions.resume(session);
      throwIfFailed(session);
      session.notify('info', careNotice(action, by));
      return;
    case 'extend':
      session.keepUntil(action.untilMs);
      session.notify('info', careNotice(action, by));
  }
}

function closedAlready(action: CareAction): void {
  if (action.type !== 'close') throw new LabError('LAB_SESSION_UNKNOWN', 'the lab session is closed');
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

const DONE: Readonly<Record<CareAction['type'], { ko: string; en: string }>> = {
  reset: { ko: '실습 환경을 초기화했어요.', en: 'reset your lab.' },
  prepare: { ko: '실습의 시작 상태를 준비했어요.', en: 'brought your lab to the start of the exercise.' },
  pause: { ko: '실습 환경을 일시 중지했어요.', en: 'paused your lab.' },
  resume: { ko: '실습 환경을 다시 깨웠어요.', en: 'woke your lab up.' },
  close: { ko: '실습 환경을 닫았어요.', en: 'closed your lab.' },
  extend: {
    ko: '자리를 비워도 실습 환경이 멈추지 않게 했어요.',
    en: 'keeps your lab running while you are away.',
  },
};

/** What its learner reads: who did what, and why. */
export function careNotice({ type }: CareAction, { name, reason }: Carer): LocalizedText {
  const why = reason === null ? { ko: '', en: '' } : { ko: ` 이유: ${reason}`, en: ` Reason: ${reason}` };
  return {
    ko: `${name} 강사가 ${DONE[type].ko}${why.ko}`,
    en: `${name} ${DONE[type].en}${why.en}`,
  };
}
