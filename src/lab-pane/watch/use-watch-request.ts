import { useState } from 'preact/hooks';
import type { LabSessionId } from '#contract/ids.ts';
import { problemFrom } from '../../api-client/lab-problem.ts';
import { usePane } from '../pane-parts.ts';

/** Sends one answer at a time. What is over already needs no answer: the next event says so. */
export function useWatchRequest() {
  const { lab } = usePane();
  const [isBusy, setBusy] = useState(false);
  const send = async (request: (id: LabSessionId) => Promise<void>): Promise<void> => {
    const session = lab.session.peek();
    if (session === null || isBusy) return;
    setBusy(true);
    try {
      await request(session.id);
    } catch (fault) {
      const problem = problemFrom(fault);
      if (problem.code !== 'WATCH_UNKNOWN') lab.problem.value = problem;
    } finally {
      setBusy(false);
    }
  };
  return { send, isBusy };
}
