import type { RawData, WebSocket } from 'ws';
import type { TerminalSocket, TerminalSocketEvents } from './terminal-socket.ts';

/** For a WebSocket that was admitted: the route checks origin, host and ticket. */
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
