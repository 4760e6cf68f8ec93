import { once } from 'node:events';
import net from 'node:net';
import { expect, test } from 'vitest';
import { checkPort, listeningInodes, portProblem } from './port.mjs';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:10E1 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 41 1 0
   1: 0100007F:10E1 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 42 1 0
   2: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 43 1 0`;

test('of the sockets on a port only the listening one counts', () => {
  expect(listeningInodes(TABLE, 4321)).toEqual(['41']);
});

test('a port in use is told with its holder and another way', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {net.AddressInfo} */ (server.address());
  const address = { host: '127.0.0.1', port };
  await expect(checkPort(address)).rejects.toMatchObject({
    message: expect.stringMatching(new RegExp(`Port ${port} on 127.0.0.1 is in use`)),
    todo: expect.stringContaining('ROLLOUT_LAB_PORT='),
  });
  server.close();
  await once(server, 'close');
  expect(await portProblem(address)).toBeUndefined();
});
