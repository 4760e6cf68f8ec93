import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeSshKeys } from './ssh-keys.ts';

function fields(buffer: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < buffer.length; ) {
    const end = at + 4 + buffer.readUInt32BE(at);
    found.push(buffer.subarray(at + 4, end));
    at = end;
  }
  return found;
}

const jwk = (half: { d?: Buffer; x: Buffer }) => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: half.x.toString('base64url'),
  ...(half.d ? { d: half.d.toString('base64url') } : {}),
});

test('what the private form signs, the public line verifies', () => {
  const keys = makeSshKeys();
  const [type, both = Buffer.alloc(0)] = fields(keys.dropbearPrivate);
  const [word, blob = ''] = keys.publicLine.split(' ');
  const x = fields(Buffer.from(blob, 'base64'))[1] ?? Buffer.alloc(0);
  expect([type?.toString(), word, both.length]).toEqual(['ssh-ed25519', 'ssh-ed25519', 64]);
  const key = createPrivateKey({ format: 'jwk', key: jwk({ d: both.subarray(0, 32), x }) });
  const signature = sign(null, Buffer.from('hello'), key);
  const publicKey = createPublicKey({ format: 'jwk', key: jwk({ x }) });
  expect(verify(null, Buffer.from('hello'), publicKey, signature)).toBe(true);
});

test('the client has the same key, padded to whole blocks', () => {
  const keys = makeSshKeys();
  const [, both = Buffer.alloc(0)] = fields(keys.dropbearPrivate);
  const whole = Buffer.from(keys.openSshPrivate.replace(/-----[^-]+-----/g, ''), 'base64');
  expect(whole.subarray(0, 15).toString()).toBe('openssh-key-v1\0');
  expect(whole.includes(both)).toBe(true);
  // Magic, three fields of 8, 8 and 4 bytes, the number of keys, the public key of 55 bytes; then the secret part.
  const secretBytes = whole.length - 15 - 8 - 8 - 4 - 4 - 55 - 4;
  expect(secretBytes % 8).toBe(0);
});

test('two labs have two keys', () => {
  expect(makeSshKeys().publicLine).not.toBe(makeSshKeys().publicLine);
});
