/** Order of Debian's package versions, as dpkg has it. Below 0: `one` is older. */
export function compareDebianVersions(one: string, other: string): number {
  const [a, b] = [parts(one), parts(other)];
  return a.epoch - b.epoch || compareText(a.upstream, b.upstream) || compareText(a.revision, b.revision);
}

function parts(version: string): { epoch: number; upstream: string; revision: string } {
  const [, epoch = '0', upstream = '', revision = ''] = /^(?:(\d+):)?(.*?)(?:-([^-]*))?$/.exec(version) ?? [];
  return { epoch: Number(epoch), upstream, revision };
}

/** Words and numbers take turns; a number counts by its value, a missing one as 0. */
function compareText(one: string, other: string): number {
  const [a, b] = [pieces(one), pieces(other)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [wordA, numberA] = a[index] ?? ['', 0];
    const [wordB, numberB] = b[index] ?? ['', 0];
    const difference = compareWords(wordA, wordB) || numberA - numberB;
    if (difference !== 0) return difference;
  }
  return 0;
}

function pieces(text: string): [string, number][] {
  return [...text.matchAll(/(\D*)(\d*)/g)]
    .filter(([all]) => all !== '')
    .map(([, word = '', digits = '']) => [word, Number(digits)]);
}

function compareWords(one: string, other: string): number {
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const difference = weight(one[index]) - weight(other[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A tilde comes before the end, the end before letters, letters before all other signs. */
function weight(sign: string | undefined): number {
  if (sign === '~') return -1;
  if (sign === undefined) return 0;
  return /[A-Za-z]/.test(sign) ? sign.charCodeAt(0) : sign.charCodeAt(0) + 256;
}
