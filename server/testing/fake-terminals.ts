import type { TerminalView } from '#contract/api.ts';
import { type LabSessionId, TerminalId } from '#contract/ids.ts';
import type { LabTerminals } from '../domain/lab-terminals.ts';
import type { LabNodeRef } from '../ports.ts';

/** Remembers which terminals were opened; there is no shell behind them. */
export class FakeTerminals implements LabTerminals {
  readonly #open = new Map<LabSessionId, TerminalView[]>();
  readonly adopted: LabSessionId[] = [];
  #count = 0;

  async open(labSessionId: LabSessionId, node: LabNodeRef): Promise<TerminalView> {
    const terminals = this.list(labSessionId);
    const id = TerminalId.parse(`t${String(this.#count++).padStart(11, '0')}`);
    const terminal = { id, node: node.name, number: terminals.length + 1 };
    this.#open.set(labSessionId, [...terminals, terminal]);
    return terminal;
  }
  list(labSessionId: LabSessionId): TerminalView[] {
    return this.#open.get(labSessionId) ?? [];
  }
  async close(labSessionId: LabSessionId, terminalId: TerminalId): Promise<void> {
    this.#open.set(
      labSessionId,
      this.list(labSessionId).filter((terminal) => terminal.id !== terminalId),
    );
  }
  async closeLab(labSessionId: LabSessionId): Promise<void> {
    this.#open.delete(labSessionId);
  }
  async closeNode(labSessionId: LabSessionId, node: string): Promise<void> {
    this.#open.set(
      labSessionId,
      this.list(labSessionId).filter((terminal) => terminal.node !== node),
    );
  }
  async adopt(labSessionId: LabSessionId): Promise<void> {
    this.adopted.push(labSessionId);
  }
}
