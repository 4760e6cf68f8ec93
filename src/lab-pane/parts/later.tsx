import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { LabProblem } from '../../api-client/lab-problem.ts';
import { usePane } from '../pane-parts.ts';
import { retryOnce } from '../retry-once.ts';

interface LaterProps {
  /** It could not be fetched; the learner is told so. */
  readonly onLost?: () => void;
}

/** A part of the pane that many visits never need: fetched when it is first shown. */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P & LaterProps> {
  const loaded = signal<{ readonly part: ComponentType<P> } | null>(null);
  return function Later({ onLost, ...props }: P & LaterProps) {
    const { lab } = usePane();
    useEffect(() => {
      if (loaded.value) return;
      retryOnce(load).then(
        (part) => {
          loaded.value = { part };
        },
        (fault: unknown) => {
          lab.problem.value = new LabProblem('SERVER_UNREACHABLE', {}, fault);
          onLost?.();
        },
      );
    }, [lab, onLost]);
    const Part = loaded.value?.part;
    return Part ? <Part {...(props as P)} /> : null;
  };
}
