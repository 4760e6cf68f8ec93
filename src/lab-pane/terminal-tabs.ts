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
    return nodes.length > 1 ? [{ kind: 'node', key: `node:${node}`, node }] : [];
  });
}

/** The tab in front: the wanted one, else the first terminal, else the first tab. */
export function activeTab(tabs: readonly TerminalTab[], wanted: string | null): TerminalTab | null {
  return (
    tabs.find((tab) => tab.key === wanted) ?? tabs.find((tab) => tab.kind === 'terminal') ?? tabs[0] ?? null
  );
}

/** Which tab comes to the front when the one with `key` goes: its right neighbour, else its left one. */
export function neighbour(tabs: readonly TerminalTab[], key: string): string | null {
  const position = tabs.findIndex((tab) => tab.key === key);
  return (tabs[position + 1] ?? tabs[position - 1])?.key ?? null;
}

export function withTerminal(session: LabSessionView, opened: TerminalView): LabSessionView {
  if (session.terminals.some(({ id }) => id === opened.id)) return session;
  return { ...session, terminals: [...session.terminals, opened] };
}

export function withoutTerminal(session: LabSessionView, closed: string): LabSessionView {
  return { ...session, terminals: session.terminals.filter(({ id }) => id !== closed) };
}
