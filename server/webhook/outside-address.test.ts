import { expect, test } from 'vitest';
import { isOutside, mayBeNamed } from './outside-address.ts';

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '100.63.255.255',
  '172.15.0.1',
  '172.32.0.1',
  '192.169.0.1',
  '2606:4700:4700::1111',
  '2a00:1450:4001::8a',
])('%s is on the internet', (address) => {
  expect(isOutside(address)).toBe(true);
});

const NOWHERE = [
  ...['0.0.0.0', '169.254.169.254', '224.0.0.1', '255.255.255.255', '::', 'fe80::1', 'ff02::1'],
  ...[
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
  ],
  ...['fe80::1%eth0', '', 'localhost', '127.1'],
];
const IN_A_HOUSE = ['10.0.0.1', '127.0.0.1', '127.9.9.9', '172.16.0.1', '172.31.255.255', '192.168.1.1'];

test.each([
  ...NOWHERE,
  ...IN_A_HOUSE,
  ...['100.64.0.1', '100.127.255.255', '192.0.0.8', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1'],
  ...['::1', 'fc00::1', 'fd00:ec2::254', '2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1'],
])('%s is not', (address) => {
  expect(isOutside(address)).toBe(false);
});

test('what an operator may name is their own network, but never where clouds keep metadata', () => {
  for (const address of [...IN_A_HOUSE, '::1', 'fd12::1'])
    expect([address, mayBeNamed(address)]).toEqual([address, true]);
  for (const address of NOWHERE) expect([address, mayBeNamed(address)]).toEqual([address, false]);
});
