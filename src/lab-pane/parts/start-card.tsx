import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { Message } from './card.tsx';

/** Starting is the learner's decision: it takes memory of the machine. The card says what happens. */
export function StartCard({ isClosed }: { isClosed: boolean }) {
  const { lab, deck, language, texts } = usePane();
  const words = texts.start;
  const problem = lab.problem.value;
  const isFull = problem?.code === 'LAB_CAPACITY_REACHED';
  const nodes = lab.definition.value?.nodes.length ?? 1;
  const isOneOfSeveral = (lab.lesson.value?.labs.length ?? 0) > 1;
  const labTitle = isOneOfSeveral ? lab.definition.value?.title[language] : null;
  const titleOf = (id: string) => lab.lesson.value?.labs.find((own) => own.id === id)?.title[language] ?? id;
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
      {!problem && isClosed && <p>{words.closedBody}</p>}
      {!problem && !isClosed && (
        <ul>
          {[words.nodes(nodes), ...words.facts].map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {isFull && lab.otherLabs.value.length > 0 && (
        <>
          <h3>{words.otherLabs}</h3>
          {lab.otherLabs.value.map((other) => (
            <button
              key={other.id}
              type="button"
              class="lp-button"
              disabled={lab.work.value !== null}
              onClick={() => void lab.closeOther(other)}
            >
              <RichText text={words.closeOther(titleOf(other.lab))} />
            </button>
          ))}
        </>
      )}
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
