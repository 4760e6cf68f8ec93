const ESC = 0x1b;
const BEL = 0x07;
/** `]` OSC, `P` DCS, `X` SOS, `^` PM, `_` APC: strings that run to BEL or ESC \. */
const STRING_OPENERS = new Set([0x5d, 0x50, 0x58, 0x5e, 0x5f]);

/**
 * Where an escape sequence or UTF-8 character begins that `bytes` does not finish; `bytes.length` if all is whole.
 * A snapshot taken there must end with these bytes: the page's parser then stands where the server's does.
 */
export function unfinishedFrom(bytes: Uint8Array): number {
  const escapeAt = bytes.lastIndexOf(ESC);
  if (escapeAt === -1) return unfinishedCharacterFrom(bytes);
  const next = bytes[escapeAt + 1];
  if (next === undefined || next === 0x5c) {
    const openedAt = openStringBefore(bytes, escapeAt);
    if (next === undefined) return openedAt ?? escapeAt;
    return unfinishedCharacterFrom(bytes);
  }
  if (STRING_OPENERS.has(next))
    return bytes.indexOf(BEL, escapeAt) === -1 ? escapeAt : unfinishedCharacterFrom(bytes);
  return isFinished(bytes, escapeAt) ? unfinishedCharacterFrom(bytes) : escapeAt;
}

/** CSI ends with a byte of 0x40..0x7e, other sequences with one of 0x30..0x7e after intermediates. */
function isFinished(bytes: Uint8Array, escapeAt: number): boolean {
  const isCsi = bytes[escapeAt + 1] === 0x5b;
  for (let at = escapeAt + (isCsi ? 2 : 1); at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= (isCsi ? 0x40 : 0x30) && byte <= 0x7e) return true;
  }
  return false;
}

/** Start of a string sequence that is still open at the ESC which may become its terminator. */
function openStringBefore(bytes: Uint8Array, escapeAt: number): number | null {
  const before = bytes.subarray(0, escapeAt);
  const openerAt = before.lastIndexOf(ESC);
  if (openerAt === -1 || !STRING_OPENERS.has(bytes[openerAt + 1] ?? 0)) return null;
  return before.indexOf(BEL, openerAt) === -1 ? openerAt : null;
}

function unfinishedCharacterFrom(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return wanted > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
