import { channelTexts, classState, handDialog, isHandShown } from '../class-channel.ts';
import { handState, handWords } from './hand-button.tsx';
import { HandIcon } from './hand-icon.tsx';

/** Beside hints and solution: the same hand as in the header, about the exercise in front. */
export function PaneHand({ exercise }: { exercise: string }) {
  const texts = channelTexts.value;
  if (!isHandShown.value || texts === null) return null;
  const hand = classState.value?.hand?.hand ?? null;
  return (
    <button
      type="button"
      class="lp-button cc-pane-hand"
      data-state={handState(hand)}
      onClick={() => {
        handDialog.value = exercise;
      }}
    >
      <HandIcon />
      {handWords(hand, texts)}
    </button>
  );
}
