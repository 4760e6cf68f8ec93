import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';

/** Over the terminals of a node that is frozen or unplugged: what that means for it, and the way back. */
export function ConditionNote({ node }: { node: string }) {
  const { power, texts } = usePane();
  const words = texts.power;
  const condition = power.condition(node);
  if (condition !== 'frozen' && condition !== 'unplugged') return null;
  const isTurning = power.turning(node) !== null;
  return (
    <div class="lp-condition-note" role="status">
      <p>
        <RichText text={words.note[condition](node)} />
      </p>
      <button
        type="button"
        class="lp-button lp-on-dark"
        disabled={isTurning}
        aria-busy={isTurning}
        onClick={() => void power.turn(node, 'on')}
      >
        {words.back[condition][0]}
      </button>
      {power.areAllOut.value && <AllOn />}
    </div>
  );
}

/** When no node is left to work with. */
export function AllOn() {
  const { power, texts } = usePane();
  return (
    <button type="button" class="lp-button lp-on-dark" onClick={() => void power.turnAllOn()}>
      {texts.power.allOn}
    </button>
  );
}
