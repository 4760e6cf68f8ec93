import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { CohortHelpEvent } from '#contract/class-help.ts';
import { helpEventsPath } from '../../api-client/class-help-api.ts';
import type { ServerSentEvent } from '../../api-client/event-parser.ts';
import { EventStream } from '../../api-client/event-stream.ts';
import type { LabProblem } from '../../api-client/lab-problem.ts';

type Part<Type extends CohortHelpEvent['type']> = Extract<CohortHelpEvent, { readonly type: Type }>;

/** How help stands in a class: the last event of each type. */
export type HelpState = { readonly [Type in CohortHelpEvent['type']]?: Part<Type> };

export interface HelpLink {
  readonly state: Signal<HelpState>;
  /** The server refused for good. */
  readonly problem: Signal<LabProblem | null>;
  readonly isLive: Signal<boolean>;
}

/** Follows help in a class while the page is there. */
export function useHelp(cohort: string): HelpLink {
  const state = useSignal<HelpState>({});
  const problem = useSignal<LabProblem | null>(null);
  const isLive = useSignal(true);
  useEffect(() => {
    const stream = new EventStream({
      path: helpEventsPath(cohort),
      onEvent: (event) => {
        const known = readHelpEvent(event);
        if (known !== null) state.value = { ...state.value, [known.type]: known };
      },
      onState: (now) => {
        isLive.value = now === 'live';
      },
      onRefused: (refusal) => {
        problem.value = refusal;
      },
    });
    const wake = () => stream.wake();
    window.addEventListener('online', wake);
    return () => {
      window.removeEventListener('online', wake);
      stream.close();
    };
  }, [cohort]);
  return { state, problem, isLive };
}

/** `null` for events that this page does not know: a newer server may send them. */
function readHelpEvent({ name, data }: ServerSentEvent): CohortHelpEvent | null {
  try {
    return CohortHelpEvent.safeParse({ type: name, ...JSON.parse(data) }).data ?? null;
  } catch {
    return null;
  }
}
