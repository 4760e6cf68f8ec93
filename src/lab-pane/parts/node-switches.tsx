import type { NodeCondition } from '#contract/node-condition.ts';
import { usePane } from '../pane-parts.ts';
import type { SwitchChoice } from '../power-switches.ts';
import { FloatingMenu } from './floating-menu.tsx';

interface NodeSwitchesProps {
  readonly node: string;
  /** Said beside the icon where there is room. */
  readonly word?: string;
  readonly class?: string;
  /** Whether the terminal of a node that boots takes the keyboard. */
  readonly leadsToTerminal?: boolean;
}

/** What can be done to a node, in labs that have switches: cut its power, freeze it, unplug it, and back. */
export function NodeSwitches({ node, word, class: name = '', leadsToTerminal = false }: NodeSwitchesProps) {
  const { power, deck, dialog, texts, language } = usePane();
  const words = texts.power;
  if (!power.areThere) return null;
  const choices = power.choices(node);
  const reason = choices.find(({ forbidden }) => forbidden !== null)?.forbidden ?? null;
  const choose = (to: NodeCondition): void => {
    // Off asks first: shells and what is in memory are lost.
    if (to === 'off') {
      dialog.value = { kind: 'power-off', node };
      return;
    }
    if (to === 'on' && leadsToTerminal) deck.focusNext();
    void power.turn(node, to);
  };
  return (
    <FloatingMenu
      icon="power"
      label={words.switches(node)}
      {...(word === undefined ? {} : { word })}
      class={`lp-node-switches ${name}`}
      disabled={power.turning(node) !== null}
    >
      {(close) => (
        <>
          <p class="lp-menu-title">{node}</p>
          {choices.map((choice) => (
            <Choice key={choice.to} node={node} choice={choice} onChoose={choose} close={close} />
          ))}
          {reason && <p class="lp-menu-reason">{reason[language]}</p>}
        </>
      )}
    </FloatingMenu>
  );
}

interface ChoiceProps {
  readonly node: string;
  readonly choice: SwitchChoice;
  readonly onChoose: (to: NodeCondition) => void;
  readonly close: () => void;
}

function Choice({ node, choice: { to, forbidden }, onChoose, close }: ChoiceProps) {
  const { power, texts } = usePane();
  const words = texts.power;
  const [title, effect] = to === 'on' ? words.back[backFrom(power.condition(node))] : words.to[to];
  return (
    <button
      type="button"
      class="lp-menu-row lp-switch"
      disabled={forbidden !== null}
      onClick={() => {
        close();
        onChoose(to);
      }}
    >
      <b>{title}</b>
      <small>{effect}</small>
    </button>
  );
}

function backFrom(condition: NodeCondition): Exclude<NodeCondition, 'on'> {
  return condition === 'on' ? 'off' : condition;
}
