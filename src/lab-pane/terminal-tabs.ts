import type { LabSessionView, TerminalView } from '#contract/api.ts';

/** A tab is an open terminal, or the place of a node that has none yet. */
export type TerminalTab =
  | {
      readonly kind: 'terminal';
      readonly key: string;
      readonly node: string;
      readonly terminal: TerminalView;
    }
  | { readonly kind: 'node'; readonly key: string; readonly node: string };

/** Tabs in the order of nodes, then of numbers. A lab of one node without terminals has no tab. */
export function terminalTabs(
  nodes: readonly string[],
  terminals: readonly TerminalView[],
): readonly TerminalTab[] {
  return nodes.flatMap((node): TerminalTab[] => {
    const own = terminals.filter((terminal) => terminal.node === node).sort((a, b) => a.number - b.number);
    if (own.length > 0) {
      return own.map((terminal) => ({ kind: 'terminal', key: terminal.id, node, terminal }));
    }
    return nodes.length > 1 ? [{ kind: 'node', key: nodeKey(node), node }] : [];
  });
}

/**
 * The tab in front: the wanted one, else one of the node that was in front (its terminal has gone), else the first
 * terminal, else the first tab.
 */
export function activeTab(
  tabs: readonly TerminalTab[],
  wanted: string | null,
  node: string | null,
): TerminalTab | null {
  return (
    tabs.find((tab) => tab.key === wanted) ??
    tabs.find((tab) => tab.node === node) ??
    tabs.find((tab) => tab.kind === 'terminal') ??
    tabs[0] ??
    null
  );
}

/** Which tab comes to the front when the one with `key` goes: a neighbour on its node, or what the node leaves. */
export function neighbour(
  tabs: readonly TerminalTab[],
  nodes: readonly string[],
  key: string,
): string | null {
  const node = tabs.find((tab) => tab.key === key)?.node;
  const own = tabs.filter((tab) => tab.node === node);
  const position = own.findIndex((tab) => tab.key === key);
  const next = own[position + 1] ?? own[position - 1];
  if (next) return next.key;
  return node !== undefined && nodes.length > 1 ? nodeKey(node) : null;
}

function nodeKey(node: string): string {
  return `node:${node}`;
}

export function withTerminal(session: LabSessionView, opened: TerminalView): LabSessionView {
  if (session.terminals.some(({ id }) => id === opened.id)) return session;
  return { ...session, terminals: [...session.terminals, opened] };
}

export function withoutTerminal(session: LabSessionView, closed: string): LabSessionView {
  return { ...session, terminals: session.terminals.filter(({ id }) => id !== closed) };
}
