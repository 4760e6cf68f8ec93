/** One browser's WebSocket, as far as a terminal needs it. */
export interface TerminalSocket {
  /** Bytes that are handed over but not sent. */
  readonly bufferedBytes: number;
  send(frame: Uint8Array): void;
  ping(): void;
  close(code: number, reason: string): void;
  /** Ends without a good-bye, for a peer that doesn't answer. */
  terminate(): void;
  listen(events: TerminalSocketEvents): void;
}

export interface TerminalSocketEvents {
  /** @param data `null` for a text frame */
  readonly onMessage: (data: Uint8Array | null) => void;
  readonly onPong: () => void;
  /** Once, whoever closed. */
  readonly onClose: () => void;
}
