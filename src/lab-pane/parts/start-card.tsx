import type { LabReason } from '#contract/api.ts';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { Message } from './card.tsx';
import { OtherLabs } from './other-labs.tsx';
import { Why } from './why.tsx';

/** Starting is the learner's decision: it takes memory of the machine. The card says what happens. */
export function StartCard({ isClosed, why }: { isClosed: boolean; why: LabReason | null }) {
  const { lab, deck, language, texts } = usePane();
  const words = texts.start;
  const problem = lab.problem.value;
  const isFull = problem?.code === 'LAB_CAPACITY_REACHED';
  const nodes = lab.definition.value?.nodes.length ?? 1;
  const isOneOfSeveral = (lab.lesson.value?.labs.length ?? 0) > 1;
  const labTitle = isOneOfSeveral ? lab.definition.value?.title[language] : null;
  return (
    <Message title={isFull ? words.fullTitle : isClosed ? words.closedTitle : words.title}>
      {labTitle && (
        <p class="lp-card-lab">
          <span>{words.lab}</span> {labTitle}
        </p>
      )}
      {problem && (
        <p class="lp-card-problem" role="alert">
          <RichText text={problem.text(language)} />
        </p>
      )}
      {!problem && why && <Why why={why} state="closed" />}
      {!problem && isClosed && <p>{words.closedBody}</p>}
      {!problem && !isClosed && (
        <ul>
          {[words.nodes(nodes), ...words.facts].map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {problem && <OtherLabs />}
      <button
        type="button"
        class="lp-button lp-primary"
        disabled={lab.work.value !== null}
        onClick={() => {
          deck.focusNext();
          void lab.start();
        }}
      >
        {problem ? words.tryAgain : isClosed ? words.startAgain : words.button}
      </button>
    </Message>
  );
}
