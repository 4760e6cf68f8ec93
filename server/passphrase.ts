import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Passphrases } from './domain/class/instructors.ts';
import { LabError } from './domain/lab-error.ts';

export interface ScryptCost {
  /** Memory and time, as a power of two; 128 · r · N bytes are taken while it runs. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB and some tenths of a second. OWASP's password storage cheat sheet has N=2^15, r=8, p=3 among its equals. */
const COST: ScryptCost = { logN: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Each holds its memory: who comes when as many wait is told to come again. */
const MAX_WAITING = 10;
const STORED = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/;

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** Hashes passphrases, one at a time, and keeps the parameters beside each so that they can be raised later. */
export class ScryptPassphrases implements Passphrases {
  readonly #cost: ScryptCost;
  readonly #nobodys: Promise<string>;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(cost: ScryptCost = COST) {
    this.#cost = cost;
    this.#nobodys = this.#hash(randomBytes(SALT_BYTES).toString('base64url'));
  }

  hash(passphrase: string): Promise<string> {
    return this.#inTurn(() => this.#hash(passphrase));
  }

  fits(passphrase: string, stored: string | null): Promise<boolean> {
    return this.#inTurn(async () => {
      const known = STORED.exec(stored ?? (await this.#nobodys));
      if (known === null) throw new Error('a stored passphrase is unreadable');
      const [, logN, r, p, salt = '', key = ''] = known;
      const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
      const found = await keyOf(passphrase, Buffer.from(salt, 'base64url'), cost);
      return timingSafeEqual(found, Buffer.from(key, 'base64url')) && stored !== null;
    });
  }

  async #hash(passphrase: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const { logN, r, p } = this.#cost;
    const key = await keyOf(passphrase, salt, this.#cost);
    return `scrypt$${logN}$${r}$${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING) throw new LabError('TOO_MANY_REQUESTS', 'many passphrases wait');
    this.#waiting += 1;
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }
}

/** The same letters typed on another keyboard, composed differently, are the same passphrase. */
function keyOf(passphrase: string, salt: Buffer, { logN, r, p }: ScryptCost): Promise<Buffer> {
  const N = 2 ** logN;
  return derive(passphrase.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * r * N });
}
