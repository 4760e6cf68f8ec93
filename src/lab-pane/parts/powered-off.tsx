import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { AllOn } from './condition-note.tsx';
import { Icon } from './icon.tsx';

/** Over the terminals of a node without power: that its shells are gone, and the way back. */
export function PoweredOff({ node }: { node: string }) {
  const { deck, power, texts } = usePane();
  const words = texts.power;
  const turning = power.turning(node);
  const isGoing = turning === 'off';
  if (!power.isOff(node) && !isGoing) return null;
  const title = isGoing ? words.turningOff : turning === null ? words.isOff : words.turningOn;
  return (
    <div class="lp-card lp-powered-off" role="status">
      <Icon name="power" />
      <h2>
        <RichText text={title(node)} />
      </h2>
      <p>{power.areAllOut.value ? words.allOut : words.hint}</p>
      <button
        type="button"
        class="lp-button lp-primary"
        disabled={turning !== null}
        aria-busy={turning !== null}
        onClick={() => {
          deck.focusNext();
          void power.turn(node, 'on');
        }}
      >
        {words.turnOn(node)}
      </button>
      {power.areAllOut.value && <AllOn />}
    </div>
  );
}
