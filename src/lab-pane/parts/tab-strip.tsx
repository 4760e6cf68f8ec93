import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import type { TerminalTab } from '../terminal-tabs.ts';
import { NodeSwitches } from './node-switches.tsx';
import { Tab } from './tab.tsx';
import { ToolButton } from './tool-button.tsx';

/** Terminals as tabs, node by node: arrows, Home and End move, Delete closes; "+" opens another on the node in front. */
export function TabStrip() {
  const { lab, deck, texts } = usePane();
  const words = texts.terminal;
  const list = useRef<HTMLDivElement>(null);
  const followFocus = useRef(false);
  const tabs = deck.tabs.value;
  const active = deck.active.value;
  const nodes = lab.session.value?.nodes ?? [];
  const node = active?.node ?? nodes[0];

  useLayoutEffect(() => {
    const selected = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    // The neighbours should show too, so that a strip that scrolls looks like one.
    selected?.scrollIntoView({ block: 'nearest', inline: 'center' });
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
      deck.visit(next, { isPassingBy: true });
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
        {nodes.map((name) => {
          const own = tabs.filter((tab) => tab.node === name);
          return (
            own.length > 0 && (
              <div key={name} class="lp-node" role="presentation" data-front={name === node}>
                {own.map((tab, index) => (
                  <Tab
                    key={tab.key}
                    tab={tab}
                    selected={tab.key === active?.key}
                    isFirst={index === 0}
                    isOnly={own.length === 1}
                  />
                ))}
              </div>
            )
          );
        })}
      </div>
      {node && (
        <ToolButton
          icon="plus"
          label={words.add(node)}
          disabled={!deck.canOpen(node)}
          onClick={() => {
            deck.focusNext();
            void deck.open(node);
          }}
        />
      )}
      {node && <NodeSwitches node={node} word={texts.power.word} class="lp-tool-power" leadsToTerminal />}
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
