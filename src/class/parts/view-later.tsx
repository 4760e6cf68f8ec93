import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { LabProblem } from '../../api-client/lab-problem.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { retryOnce } from '../../lab-pane/retry-once.ts';
import { useClass } from '../class-context.ts';

/** A view of a class's page, fetched when it is first looked at: an hour may need one of them only. */
export function viewLater<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const loaded = signal<{ readonly part: ComponentType<P> } | null>(null);
  return function ViewLater(props: P) {
    const { language, texts } = useClass();
    const fetching = useAction();
    useEffect(() => {
      if (loaded.value !== null) return;
      void fetching.run(async () => {
        const part = await retryOnce(load).catch((fault: unknown) => {
          throw new LabProblem('SERVER_UNREACHABLE', {}, fault);
        });
        loaded.value = { part };
      });
    }, []);
    const Part = loaded.value?.part;
    if (Part) return <Part {...props} />;
    return (
      <>
        <ProblemNote problem={fetching.problem} language={language} />
        {fetching.problem === null && <p class="fm-quiet">{texts.loading}</p>}
      </>
    );
  };
}
