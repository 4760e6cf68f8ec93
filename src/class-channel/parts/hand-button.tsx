import type { OwnHand } from '#contract/class-help.ts';
import type { Language } from '#contract/language.ts';
import { classState, handDialog, isHandShown } from '../class-channel.ts';
import type { ChannelTexts } from '../texts.ts';
import { HandDialog } from './hand-dialog.tsx';
import { HandIcon } from './hand-icon.tsx';

interface HandProps {
  readonly language: Language;
  readonly texts: ChannelTexts;
}

/** In the header: raises a hand, then says how far the line is and who comes. */
export function HandButton({ language, texts }: HandProps) {
  if (!isHandShown.value) return null;
  const hand = classState.value?.hand?.hand ?? null;
  return (
    <>
      <button
        type="button"
        class="cc-hand"
        data-state={handState(hand)}
        aria-label={hand === null ? texts.hand.raise : `${texts.hand.raised}: ${handWords(hand, texts)}`}
        onClick={() => {
          handDialog.value = '';
        }}
      >
        <HandIcon />
        <span>{handWords(hand, texts)}</span>
        {hand !== null && hand.takenBy === null && hand.before > 0 && (
          <b class="cc-hand-count" aria-hidden="true">
            {hand.before}
          </b>
        )}
      </button>
      {/* That the line moves is to be seen; that somebody comes is said. */}
      <span class="lp-hidden" role="status">
        {hand?.takenBy && texts.hand.comes(hand.takenBy)}
      </span>
      {handDialog.value !== null && (
        <HandDialog
          hand={hand}
          exercise={handDialog.value}
          language={language}
          texts={texts}
          onClose={() => {
            handDialog.value = null;
          }}
        />
      )}
    </>
  );
}

export function handState(hand: OwnHand | null): 'down' | 'raised' | 'taken' {
  if (hand === null) return 'down';
  return hand.takenBy === null ? 'raised' : 'taken';
}

export function handWords(hand: OwnHand | null, { hand: words }: ChannelTexts): string {
  if (hand === null) return words.raise;
  return hand.takenBy === null ? words.before(hand.before) : words.comes(hand.takenBy);
}
