/**
 * The usual small web terminal: one pty per WebSocket, running the program given on the command line. No replay, no
 * screen state. It does hold the program back by acknowledgements, with the same limits as ours: without them bulk
 * output would be measured into an ever growing buffer.
 *
 * Prints `listening PORT TOKEN`; the token must be the path of the URL, because this server opens shells.
 */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { spawn } from 'node-pty';
import { WebSocketServer } from 'ws';
import { TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';

const [file = 'bash', ...args] = process.argv.slice(2);
const token = randomBytes(24).toString('base64url');
const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  path: `/${token}`,
  perMessageDeflate: false,
  maxPayload: TERMINAL_LIMITS.maxFrameBytes,
});

server.on('connection', (socket) => {
  const pty = spawn(file, args, {
    name: 'xterm-256color',
    cols: 100,
    rows: 30,
    encoding: null,
    env: { ...process.env, PS1: '\\w\\$ ', TERM: 'xterm-256color' },
  });
  let sentBytes = 0;
  let ackedBytes = 0;
  let isHeld = false;
  pty.onData((data) => {
    // With `encoding: null` node-pty hands out buffers, whatever its types say.
    const bytes = data as unknown as Buffer;
    sentBytes += bytes.length;
    socket.send(bytes);
    if (!isHeld && sentBytes - ackedBytes > TERMINAL_LIMITS.highWaterBytes) {
      isHeld = true;
      pty.pause();
    }
  });
  // Binary messages are keys, a text is the number of bytes that the client has consumed.
  socket.on('message', (data, isBinary) => {
    if (isBinary) return pty.write(data as Buffer);
    ackedBytes = Number(String(data));
    if (isHeld && sentBytes - ackedBytes < TERMINAL_LIMITS.lowWaterBytes) {
      isHeld = false;
      pty.resume();
    }
  });
  let hasExited = false;
  pty.onExit(() => {
    hasExited = true;
    socket.close();
  });
  socket.on('close', () => {
    if (!hasExited) pty.kill();
  });
});

server.on('listening', () => {
  process.stdout.write(`listening ${(server.address() as AddressInfo).port} ${token}\n`);
});
process.on('SIGTERM', () => process.exit(0));
