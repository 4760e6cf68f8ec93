import { effect } from '@preact/signals';
import type { LabSessionView } from '#contract/api.ts';
import * as api from '../../api-client/lab-api.ts';
import type { LabController } from '../lab-controller.ts';
import { readUpTo } from '../lab-history.ts';

const TRY_AGAIN_MS = 3_000;

/**
 * Fetches what happened before this page listened, and what it missed when it was away. Returns the end of it.
 * `model.history` is where it comes to.
 */
export function readHistory(lab: LabController): () => void {
  const stop = new AbortController();
  let place = '';
  let readSeq = 0;
  let isAsking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasAway = false;

  const next = async (): Promise<void> => {
    const session = lab.session.peek();
    if (session === null || isOver(session) || stop.signal.aborted) return;
    isAsking = true;
    const asked = place;
    try {
      const { generation, entries, lastSeq, hasMore } = await api.fetchHistory(
        session.id,
        readSeq,
        stop.signal,
      );
      isAsking = false;
      if (asked !== place) return void next();
      if (generation === session.generation) {
        // Details that the server itself has given up are not asked for again.
        readSeq = hasMore ? (entries.at(-1)?.seq ?? lastSeq) : lastSeq;
        lab.apply({ type: 'history', generation, entries });
      }
      if (hasMore) await next();
    } catch {
      isAsking = false;
      if (!stop.signal.aborted) timer = setTimeout(() => void next(), TRY_AGAIN_MS);
    }
  };

  const stopFollowing = effect(() => {
    const session = lab.session.value;
    const { history } = lab.model.value;
    const isAway = lab.connection.value !== 'live';
    const isBack = wasAway && !isAway;
    wasAway = isAway;
    if (session === null || isOver(session)) return;
    const here = `${session.id}/${session.generation}`;
    const isElsewhere = here !== place;
    if (isElsewhere) {
      place = here;
      readSeq = 0;
    }
    if (history.generation === session.generation) readSeq = readUpTo(history.entries, readSeq);
    const lastSeq = history.generation === session.generation ? (history.entries.at(-1)?.seq ?? 0) : 0;
    if (!isAsking && (isElsewhere || isBack || lastSeq > readSeq)) void next();
  });
  return () => {
    stop.abort();
    clearTimeout(timer);
    stopFollowing();
  };
}

/** Of a lab that is closed the server tells no more than that. */
function isOver({ status }: LabSessionView): boolean {
  return status.state === 'closed';
}
