import { useSignal } from '@preact/signals';
import { copyText } from '../copy-text.ts';
import { usePane } from '../pane-parts.ts';
import { ToolButton } from './tool-button.tsx';

/** A command of the lesson that could not simply be run: why, and what else can be done with it. */
export function RunOfferBar() {
  const { deck, texts } = usePane();
  const words = texts.run;
  const copied = useSignal('');
  const offer = deck.offer.value;
  if (!offer) return null;
  const { text, reason } = offer;
  return (
    <div class="lp-offer" role="alert">
      <p>
        {words[reason]}
        <code>{text.length > 120 ? `${text.slice(0, 120)}…` : text}</code>
      </p>
      <div class="lp-offer-buttons">
        {reason === 'busy' && (
          <button
            type="button"
            class="lp-button lp-on-dark"
            onClick={() => void deck.run(text, { interrupt: deck.isBusy.value })}
          >
            {deck.isBusy.value ? words.interrupt : words.again}
          </button>
        )}
        {reason !== 'noLab' && (
          <button
            type="button"
            class="lp-button lp-on-dark"
            onClick={async () => {
              if (await copyText(text)) copied.value = text;
            }}
          >
            {copied.value === text ? words.copied : words.copy}
          </button>
        )}
        <ToolButton
          icon="close"
          label={words.dismiss}
          onClick={() => {
            deck.offer.value = null;
            deck.focus();
          }}
        />
      </div>
    </div>
  );
}
