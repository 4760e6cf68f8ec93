import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { egressNow, usableNameServers } from './lab-egress.ts';

test('name servers are those that a lab may ask', () => {
  const stub = 'nameserver 127.0.0.53\noptions edns0\n';
  const upstream =
    '# by hand\nnameserver 10.0.0.9\nnameserver fe80::1\nnameserver 192.168.1.1 \nnameserver 8.8.8.8\n';
  expect(usableNameServers([stub, upstream], ['10.0.0.9'])).toEqual(['192.168.1.1', '8.8.8.8']);
  expect(usableNameServers([stub, ''], [])).toEqual([]);
});

test('a lab with egress may not reach any address of this machine', async () => {
  const { denied, nameServers } = await egressNow({ nameServers: ['9.9.9.9'], denied: ['203.0.113.7'] });
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  for (const { address, family } of own) if (family === 'IPv4') expect(denied).toContain(address);
  expect(denied).toContain('203.0.113.7');
  expect(nameServers).toEqual(['9.9.9.9']);
});
