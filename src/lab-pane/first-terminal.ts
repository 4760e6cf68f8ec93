import { effect } from '@preact/signals';
import type { LabSessionView } from '#contract/api.ts';
import * as api from '../api-client/lab-api.ts';
import type { LabController } from './lab-controller.ts';

/** A window that nobody looks at leaves the first terminal to the one in use for this long. */
const OTHERS_FIRST_MS = 1_500;

export interface FirstTerminalParts {
  readonly open: (node: string) => Promise<void>;
  /** Whether the learner asked for this lab in this window. */
  readonly isAskedFor: () => boolean;
}

/** A lab that is ready and has no terminal gets one, once per start or reset, from one window. */
export function openFirstTerminal(lab: LabController, parts: FirstTerminalParts): () => void {
  let openedFor = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const gone = new AbortController();

  const stop = effect(() => {
    const session = lab.session.value;
    if (session?.status.state !== 'ready' || session.terminals.length > 0) return;
    const occasion = `${session.id} ${session.generation}`;
    if (occasion === openedFor) return;
    openedFor = occasion;
    clearTimeout(timer);
    timer = setTimeout(
      () => void whenSeen(session),
      parts.isAskedFor() || isWindowInUse() ? 0 : OTHERS_FIRST_MS,
    );
  });

  async function whenSeen(session: LabSessionView): Promise<void> {
    if (document.hidden) {
      await new Promise((seen) => {
        document.addEventListener('visibilitychange', seen, { once: true, signal: gone.signal });
      });
    }
    await alone(`rollout-lab.first-terminal.${session.id}`, () => openIfNone(session));
  }

  async function openIfNone(session: LabSessionView): Promise<void> {
    const node = session.nodes.find((name) => isAwake(session, name));
    if (!node || gone.signal.aborted) return;
    // Another window may have been faster than the event that tells of it.
    const now = await api.fetchLabSession(session.id).catch(() => null);
    const known = lab.session.peek();
    if (now?.terminals.length !== 0 || now.generation !== session.generation) return;
    if (known?.id === session.id && known.terminals.length === 0) await parts.open(node);
  }

  return () => {
    clearTimeout(timer);
    gone.abort();
    stop();
  };
}

/** Whether shells can be started there. */
export function isAwake({ conditions }: LabSessionView, node: string): boolean {
  return conditions[node] === undefined || conditions[node] === 'unplugged';
}

/** Whether this is the window that the learner works in. */
export function isWindowInUse(): boolean {
  return !document.hidden && document.hasFocus();
}

/** One window of this browser at a time, where the browser can tell. */
async function alone(name: string, run: () => Promise<void>): Promise<void> {
  const locks: LockManager | undefined = navigator.locks;
  if (locks) await locks.request(name, run);
  else await run();
}
