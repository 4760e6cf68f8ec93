import { usePane } from '../pane-parts.ts';
import type { TerminalTab } from '../terminal-tabs.ts';
import { Icon } from './icon.tsx';

interface TabProps {
  readonly tab: TerminalTab;
  readonly selected: boolean;
  /** The first tab of a node carries the node's name and role; those beside it only their number. */
  readonly isFirst: boolean;
  readonly isOnly: boolean;
}

export function Tab({ tab, selected, isFirst, isOnly }: TabProps) {
  const { lab, deck, power, texts } = usePane();
  const words = texts.terminal;
  const terminal = tab.kind === 'terminal' ? deck.terminal(tab.key) : null;
  const status = terminal?.status.value;
  const condition = power.condition(tab.node);
  const isRunning = status === 'live' && terminal?.shell.value === 'running';
  const said = isRunning ? words.running : status ? words[status] : undefined;
  const isAlone = lab.session.value?.nodes.length === 1;
  const look = power.look(tab.node);
  const role = look?.words.map((word) => texts.nodes[word]).join(' · ');
  const number = tab.kind === 'terminal' ? tab.terminal.number : null;
  const name = number === null || (isOnly && !isAlone) ? tab.node : words.tab(tab.node, number);
  return (
    <div class="lp-tab" role="presentation" data-selected={selected}>
      <button
        type="button"
        role="tab"
        id={`lp-tab-${tab.key}`}
        aria-controls={`lp-panel-${tab.key}`}
        aria-selected={selected}
        tabIndex={selected ? 0 : -1}
        title={[terminal?.title.value, name, role, said].filter(Boolean).join(' · ')}
        onClick={() => {
          deck.focusNext();
          deck.visit(tab.key);
        }}
      >
        <span
          class="lp-dot"
          data-state={
            condition === 'off' || condition === 'frozen'
              ? condition
              : isRunning
                ? 'running'
                : (status ?? 'none')
          }
        />
        <span class="lp-tab-text">
          <span>
            {isFirst ? name : <span aria-hidden="true">{number}</span>}
            {!isFirst && <span class="lp-hidden">{name}</span>}
          </span>
          {isFirst && role && (
            <span class="lp-tab-role" data-tone={look?.tone}>
              <span class="lp-hidden">, </span>
              {role}
            </span>
          )}
        </span>
        {said && <span class="lp-hidden">, {said}</span>}
      </button>
      {tab.kind === 'terminal' && (isAlone || !isOnly) && (
        // Delete on the tab and the menu do the same; inside a tab list a second tab stop would only confuse.
        <button
          type="button"
          class="lp-tab-close"
          tabIndex={-1}
          aria-hidden="true"
          title={texts.tools.closeTerminal}
          onClick={() => deck.askToClose(tab.terminal)}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
