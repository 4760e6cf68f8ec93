import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import type { TerminalTab } from '../terminal-tabs.ts';
import { Icon } from './icon.tsx';
import { ToolButton } from './tool-button.tsx';

/** Terminals as tabs: arrows, Home and End move, Delete closes; "+" opens another on the node in front. */
export function TabStrip() {
  const { lab, deck, texts } = usePane();
  const words = texts.terminal;
  const list = useRef<HTMLDivElement>(null);
  const followFocus = useRef(false);
  const tabs = deck.tabs.value;
  const active = deck.active.value;
  const node = active?.node ?? lab.session.value?.nodes[0];

  useLayoutEffect(() => {
    const selected = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    selected?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    // Without tabs, "+" is what can be done next.
    const next = selected ?? list.current?.nextElementSibling;
    if (followFocus.current && next instanceof HTMLElement) next.focus();
    followFocus.current = false;
  }, [active?.key]);

  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys may come faster than renderings: the state of this moment counts.
    const active = deck.active.value;
    const next = keyTarget(event.key, deck.tabs.value, active);
    if (next) {
      followFocus.current = true;
      deck.select(next);
    } else if (event.key === 'Delete' && active?.kind === 'terminal') {
      followFocus.current = true;
      deck.askToClose(active.terminal);
    } else {
      return;
    }
    event.preventDefault();
  };

  return (
    <div class="lp-tabs">
      <div class="lp-tablist" role="tablist" aria-label={words.list} ref={list} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <Tab key={tab.key} tab={tab} selected={tab.key === active?.key} />
        ))}
      </div>
      {node && (
        <ToolButton
          icon="plus"
          label={words.add(node)}
          disabled={deck.opening.value || !lab.isReady.value}
          onClick={() => {
            deck.focusNext();
            void deck.open(node);
          }}
        />
      )}
    </div>
  );
}

function keyTarget(key: string, tabs: readonly TerminalTab[], active: TerminalTab | null): string | null {
  const position = tabs.findIndex((tab) => tab.key === active?.key);
  const target = {
    ArrowRight: (position + 1) % tabs.length,
    ArrowLeft: (position - 1 + tabs.length) % tabs.length,
    Home: 0,
    End: tabs.length - 1,
  }[key];
  return target === undefined ? null : (tabs[target]?.key ?? null);
}

function Tab({ tab, selected }: { tab: TerminalTab; selected: boolean }) {
  const { deck, texts } = usePane();
  const words = texts.terminal;
  const terminal = tab.kind === 'terminal' ? deck.terminal(tab.key) : null;
  const status = terminal?.status.value;
  const isRunning = status === 'live' && terminal?.shell.value === 'running';
  const said = isRunning ? words.running : status ? words[status] : undefined;
  const label = tab.kind === 'terminal' ? words.tab(tab.node, tab.terminal.number) : tab.node;
  return (
    <div class="lp-tab" role="presentation" data-selected={selected}>
      <button
        type="button"
        role="tab"
        id={`lp-tab-${tab.key}`}
        aria-controls={`lp-panel-${tab.key}`}
        aria-selected={selected}
        tabIndex={selected ? 0 : -1}
        title={[terminal?.title.value, said].filter(Boolean).join(' · ')}
        onClick={() => {
          deck.focusNext();
          deck.select(tab.key);
        }}
      >
        <span class="lp-dot" data-state={isRunning ? 'running' : (status ?? 'none')} />
        {label}
        {said && <span class="lp-hidden">, {said}</span>}
      </button>
      {tab.kind === 'terminal' && (
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
