import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** One ed25519 key pair in the three forms that a lab's nodes need; see RFC 4253 §5 and OpenSSH's PROTOCOL.key. */
export interface SshKeys {
  /** For the client, `id_ed25519`. */
  readonly openSshPrivate: string;
  /** For the server, dropbear's own form. */
  readonly dropbearPrivate: Buffer;
  /** `ssh-ed25519 AAAA…`, as in `authorized_keys` and `known_hosts`. */
  readonly publicLine: string;
}

const KEY_TYPE = 'ssh-ed25519';
/** The unencrypted part is padded to this with 1, 2, 3 … */
const BLOCK_BYTES = 8;

export function makeSshKeys(): SshKeys {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { d, x } = privateKey.export({ format: 'jwk' });
  if (d === undefined || x === undefined) throw new Error('an ed25519 key without its two halves');
  const publicKey = Buffer.from(x, 'base64url');
  const privateAndPublic = Buffer.concat([Buffer.from(d, 'base64url'), publicKey]);
  const publicBlob = Buffer.concat([field(KEY_TYPE), field(publicKey)]);
  return {
    openSshPrivate: openSshPrivate(publicBlob, privateAndPublic),
    dropbearPrivate: Buffer.concat([field(KEY_TYPE), field(privateAndPublic)]),
    publicLine: `${KEY_TYPE} ${publicBlob.toString('base64')}`,
  };
}

function openSshPrivate(publicBlob: Buffer, privateAndPublic: Buffer): string {
  const check = randomBytes(4);
  const secret = Buffer.concat([check, check, publicBlob, field(privateAndPublic), field('lab')]);
  const padding = Buffer.from(
    Array.from(
      { length: (BLOCK_BYTES - (secret.length % BLOCK_BYTES)) % BLOCK_BYTES },
      (_, index) => index + 1,
    ),
  );
  const whole = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    field('none'), // cipher
    field('none'), // key derivation
    field(''),
    uint32(1),
    field(publicBlob),
    field(Buffer.concat([secret, padding])),
  ]);
  const lines = whole.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}

function field(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
