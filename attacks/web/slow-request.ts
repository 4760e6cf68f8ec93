import { connect } from 'node:net';

const LONGEST_MS = 90_000;
const BYTE_EVERY_MS = 2_000;

/** Sends a request byte by byte and never ends it. @returns after how many ms the server hung up, `null` if it didn't */
export function slowRequest(port: number, head: string): Promise<number | null> {
  return new Promise((resolve) => {
    const startedAtMs = Date.now();
    const socket = connect(port, '127.0.0.1', () => socket.write(head));
    const dripping = setInterval(() => socket.write('a'), BYTE_EVERY_MS);
    const giveUp = setTimeout(() => end(null), LONGEST_MS);
    const end = (afterMs: number | null): void => {
      clearInterval(dripping);
      clearTimeout(giveUp);
      socket.destroy();
      resolve(afterMs);
    };
    socket.resume();
    socket.on('error', () => end(Date.now() - startedAtMs));
    socket.on('close', () => end(Date.now() - startedAtMs));
  });
}
