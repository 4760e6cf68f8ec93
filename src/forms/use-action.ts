import { useSignal } from '@preact/signals';
import { type LabProblem, problemFrom } from '../api-client/lab-problem.ts';

export interface Action {
  readonly isBusy: boolean;
  readonly problem: LabProblem | null;
  /** Runs one at a time. @returns whether it went well */
  run(work: () => Promise<void>): Promise<boolean>;
  forget(): void;
}

/** Something a form does: busy meanwhile, and what went wrong stays until the next try. */
export function useAction(): Action {
  const busy = useSignal(false);
  const problem = useSignal<LabProblem | null>(null);
  return {
    isBusy: busy.value,
    problem: problem.value,
    forget: () => {
      problem.value = null;
    },
    run: async (work) => {
      if (busy.peek()) return false;
      busy.value = true;
      problem.value = null;
      try {
        await work();
        return true;
      } catch (fault) {
        problem.value = problemFrom(fault);
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}
