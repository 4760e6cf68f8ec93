import { usePane } from '../pane-parts.ts';
import { ToolButton } from './tool-button.tsx';

/** The power switch of the node in front, in labs that have them. Off asks first; on is always harmless. */
export function PowerButton({ node }: { node: string }) {
  const { power, deck, dialog, texts } = usePane();
  const words = texts.power;
  if (!power.areThere) return null;
  const isOff = power.isOff(node);
  return (
    <ToolButton
      icon="power"
      class="lp-tool-power"
      word={words.word}
      label={isOff ? words.on(node) : words.off(node)}
      disabled={power.turning(node) !== null}
      onClick={() => {
        if (!isOff) {
          dialog.value = { kind: 'power-off', node };
          return;
        }
        deck.focusNext();
        void power.turn(node, 'on');
      }}
    />
  );
}
