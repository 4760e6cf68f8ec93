import type { LabReason } from '#contract/api.ts';
import type { Language } from '#contract/language.ts';
import type { QueueTexts } from './queue-texts.ts';

/** Why a lab was paused or closed, sentence by sentence. */
export function reasonText(
  why: LabReason,
  state: 'paused' | 'closed',
  { reasons, span }: QueueTexts,
  language: Language,
): string[] {
  switch (why.cause) {
    case 'idle':
      return [(state === 'paused' ? reasons.idlePaused : reasons.idleClosed)(span(why.afterMs))];
    case 'instructor': {
      const who = (state === 'paused' ? reasons.instructorPaused : reasons.instructorClosed)(why.name);
      return why.reason === null ? [who] : [who, reasons.instructorReason(why.reason)];
    }
    case 'room':
      return [reasons.room(why.title[language])];
    case 'left-queue':
      return [reasons.leftQueue(span(why.afterMs))];
    case 'server-stopped':
      return [reasons.serverStopped];
    case 'lost':
      return [reasons.lost];
  }
}
