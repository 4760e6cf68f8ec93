import { expect, test } from 'vitest';
import { ScryptPassphrases } from './passphrase.ts';

const fast = { logN: 4, r: 8, p: 1 };

test('only the passphrase fits, however its letters were composed, and the parameters stay with it', async () => {
  const stored = await new ScryptPassphrases(fast).hash('비밀 문구 café');
  expect(stored).toMatch(/^scrypt\$4\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  const raised = new ScryptPassphrases({ logN: 5, r: 8, p: 2 });
  expect(await raised.fits('비밀 문구 café'.normalize('NFD'), stored)).toBe(true);
  expect(await raised.fits('비밀 문구 cafe', stored)).toBe(false);
  expect(await raised.fits('비밀 문구 café', null)).toBe(false);
  expect(await raised.hash('a')).not.toBe(await raised.hash('a'));
});

test('nobody’s passphrase takes as long as somebody’s', async () => {
  const passphrases = new ScryptPassphrases();
  const stored = await passphrases.hash('four words in a row');
  const time = async (of: string | null): Promise<number> => {
    const beganMs = performance.now();
    await passphrases.fits('another one', of);
    return performance.now() - beganMs;
  };
  await time(null);
  const [somebodys, nobodys] = [await time(stored), await time(null)];
  // Two runs of the same work on a busy machine; without it, nobody's would take no time at all.
  expect(nobodys).toBeGreaterThan(somebodys / 5);
});

test('who comes when many wait is sent away, and the rest are served', async () => {
  const passphrases = new ScryptPassphrases(fast);
  const all = await Promise.allSettled(Array.from({ length: 14 }, () => passphrases.hash('a')));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  expect(await passphrases.hash('a')).toContain('scrypt');
});
