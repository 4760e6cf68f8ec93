import { AuthorError } from './author-error.ts';
import type { Proof } from './proof.ts';

/**
 * The proofs of one share of several: all but the wrong answers, and of those every N-th. With the shares of three
 * commits, all of them have been proven, in a third of the labs.
 * @param share `2/3`: the second of three
 * @throws {AuthorError} for anything else
 */
export function shareOf<P extends Pick<Proof, 'name'>>(proofs: readonly P[], share: string): P[] {
  const [, first = '', second = ''] = /^(\d{1,3})\/(\d{1,3})$/.exec(share) ?? [];
  const [part, parts] = [Number(first), Number(second)];
  if (part < 1 || part > parts)
    throw new AuthorError(`A share is written as 2/3, the second of three; this is ${share}.`);
  let count = 0;
  return proofs.filter(({ name }) => !name.startsWith('wrong/') || count++ % parts === part - 1);
}
