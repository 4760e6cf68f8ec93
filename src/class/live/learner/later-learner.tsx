import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { ProblemNote } from '../../../forms/problem-note.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { useLive } from '../live-context.ts';
import type { LearnerView } from './learner-view.tsx';

type Props = Parameters<typeof LearnerView>[0];

/** A learner's page has map and timeline with it: fetched when one is opened. */
export function LaterLearner(props: Props) {
  const { language, texts } = useLive();
  const part = useSignal<{ readonly View: ComponentType<Props> } | null>(null);
  const loading = useAction();
  useEffect(() => {
    void loading.run(async () => {
      part.value = { View: (await import('./learner-view.tsx')).LearnerView };
    });
  }, []);
  if (part.value === null)
    return (
      <>
        <p class="fm-quiet">{texts.connecting}</p>
        <ProblemNote problem={loading.problem} language={language} />
      </>
    );
  const { View } = part.value;
  return <View {...props} />;
}
