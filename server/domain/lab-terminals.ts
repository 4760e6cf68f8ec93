import type { TerminalView } from '#contract/api.ts';
import type { LabSessionId, TerminalId } from '#contract/ids.ts';
import type { LabNodeRef } from '../ports.ts';

/** Somebody who looks at a terminal that is not theirs, and types in it only while they have its keyboard. */
export interface TerminalWatcher {
  readonly name: string;
  hasKeyboard(): boolean;
  /** @returns ends the telling */
  onKeyboard(listener: () => void): () => void;
}

/** The terminals of lab sessions; `server/terminal/` implements it. */
export interface LabTerminals {
  open(
    labSessionId: LabSessionId,
    node: LabNodeRef,
    size: { cols: number; rows: number },
  ): Promise<TerminalView>;
  list(labSessionId: LabSessionId): TerminalView[];
  close(labSessionId: LabSessionId, terminalId: TerminalId): Promise<void>;
  /** Ends the connections; the shells end with the lab's nodes. */
  closeLab(labSessionId: LabSessionId): Promise<void>;
  /** Ends the connections to one node, whose shells ended with its power. */
  closeNode(labSessionId: LabSessionId, node: string): Promise<void>;
  /** Joins the shells that survived a restart of the server. */
  adopt(labSessionId: LabSessionId, nodes: readonly LabNodeRef[]): Promise<void>;
}
