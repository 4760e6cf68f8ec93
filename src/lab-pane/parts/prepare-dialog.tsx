import { useEffect } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { ConfirmDialog } from './dialog.tsx';
import { LostAndKept } from './lost-and-kept.tsx';
import { Differences } from './start-offer.tsx';

export function PrepareDialog({ onClose }: { onClose: () => void }) {
  const { deck, start, texts } = usePane();
  const words = texts.prepare;
  useEffect(() => void start.compare(), [start]);
  return (
    <ConfirmDialog
      title={words.title}
      confirm={words.confirm}
      onConfirm={() => {
        deck.focusNext();
        void start.prepare();
      }}
      onClose={onClose}
    >
      <p>{words.body}</p>
      <Comparison />
      <LostAndKept lost={words.lost} kept={words.kept} />
    </ConfirmDialog>
  );
}

function Comparison() {
  const { lab, start, language, texts } = usePane();
  const words = texts.prepare;
  const comparison = start.comparison.value;
  const problem = start.problem.value;
  // A lab that has failed has nothing to compare with.
  if (!lab.isReady.value) return null;
  if (problem) {
    return (
      <p class="lp-note" data-level="warning">
        <RichText text={problem.text(language)} />
      </p>
    );
  }
  if (!comparison) return <p class="lp-quiet">{words.comparing}</p>;
  if (comparison.verdict === 'same') return <p class="lp-quiet">{words.same}</p>;
  return (
    <section class="lp-compared">
      <h3>{comparison.verdict === 'errored' ? words.errored : words.differences}</h3>
      <Differences />
    </section>
  );
}
