import type { RawData, ServerOptions, WebSocket } from 'ws';
import { TERMINAL_LIMITS, TERMINAL_PROTOCOL } from '#contract/terminal-protocol.ts';
import type { TerminalSocket, TerminalSocketEvents } from './terminal-socket.ts';

/** For the `WebSocketServer` of the terminals. Origin, host and ticket are checked before its `handleUpgrade`. */
export const TERMINAL_WEBSOCKET_OPTIONS = {
  noServer: true,
  // Compressing costs more than it saves on small frames, and mixes secrets with what others choose.
  perMessageDeflate: false,
  maxPayload: TERMINAL_LIMITS.maxFrameBytes,
  handleProtocols: (offered: Set<string>) => (offered.has(TERMINAL_PROTOCOL) ? TERMINAL_PROTOCOL : false),
} as const satisfies ServerOptions;

export function terminalSocketOf(ws: WebSocket): TerminalSocket {
  return {
    get bufferedBytes() {
      return ws.bufferedAmount;
    },
    send: (frame) => ws.send(frame),
    ping: () => ws.ping(),
    close: (code, reason) => ws.close(code, reason),
    terminate: () => ws.terminate(),
    listen: (events) => listen(ws, events),
  };
}

function listen(ws: WebSocket, { onMessage, onPong, onClose }: TerminalSocketEvents): void {
  ws.on('message', (data: RawData, isBinary: boolean) => onMessage(isBinary ? (data as Buffer) : null));
  ws.on('pong', onPong);
  ws.once('close', onClose);
  // `ws` closes with the right code by itself, also for frames over the limit.
  ws.on('error', () => {});
}
