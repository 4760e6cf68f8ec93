import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';

/** Where the swarm is not where the exercise begins: what differs, and a way to get there. */
export function StartOffer() {
  const { start, dialog, texts } = usePane();
  const words = texts.prepare;
  const comparison = start.comparison.value;
  if (!comparison || !start.isOffered.value) return null;
  return (
    <section class="lp-start-offer" aria-label={words.button}>
      <p class="lp-start-title">{comparison.verdict === 'errored' ? words.errored : words.differs}</p>
      <Differences />
      <div class="lp-help-buttons">
        <button
          type="button"
          class="lp-button lp-primary"
          disabled={!start.canPrepare.value}
          onClick={() => {
            dialog.value = { kind: 'prepare' };
          }}
        >
          {words.button}
        </button>
        <button type="button" class="lp-button" onClick={() => start.dismiss()}>
          {words.keep}
        </button>
      </div>
    </section>
  );
}

/** What the comparison said, as a list. */
export function Differences() {
  const { start, language } = usePane();
  const differences = start.comparison.value?.differences ?? [];
  return (
    <ul class="lp-differences">
      {differences.map((difference) => (
        <li key={difference.en}>
          <RichText text={difference[language]} />
        </li>
      ))}
    </ul>
  );
}
