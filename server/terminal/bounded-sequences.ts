const ESC = 0x1b;
const BEL = 0x07;
const CAN = 0x18;
const SUB = 0x1a;
/** First byte of U+0080…U+00BF in UTF-8, among which are the 8-bit forms of what begins with ESC. */
const C1_LEAD = 0xc2;
/** `]` OSC, `P` DCS, `X` SOS, `^` PM, `_` APC, and the second bytes of their 8-bit forms. */
const STRING_OPENERS = new Set([0x5d, 0x50, 0x58, 0x5e, 0x5f]);
const C1_STRING_OPENERS = new Set([0x9d, 0x90, 0x98, 0x9e, 0x9f]);
const C1_STRING_END = 0x9c;
const CSI = 0x5b;
const C1_CSI = 0x9b;

/** Longer than an answer, a title or a link; a terminal keeps up to ten million characters of one. */
export const MAX_STRING_BYTES = 4000;
/** No screen has 1000 lines; "insert two thousand million lines" would keep the process busy for hours. */
const MAX_DIGITS = 3;
/** Numbers of modes, which are names and not counts. */
const MAX_MODE_DIGITS = 5;

type State = 'text' | 'csi' | 'mode' | 'string' | 'dropped';

/**
 * Takes from a shell's output what would make a terminal work or remember without bound: strings without an end are
 * cancelled, and counts lose their digits beyond the third. All else passes as it is, byte by byte.
 */
export class BoundedSequences {
  #state: State = 'text';
  #isOsc = false;
  #length = 0;
  #digits = 0;
  #before = 0;

  pass(chunk: Uint8Array): Uint8Array {
    let kept: Uint8Array | null = null;
    let end = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const textEnd = this.#endOfText(chunk, at);
      if (kept !== null) {
        kept.set(chunk.subarray(at, textEnd), end);
        end += textEnd - at;
      }
      at = textEnd;
      if (at === chunk.length) break;
      const byte = chunk[at] as number;
      const out = this.#next(byte);
      if (out !== byte && kept === null) {
        kept = new Uint8Array(chunk.length);
        kept.set(chunk.subarray(0, at));
        end = at;
      }
      if (kept !== null && out !== -1) kept[end++] = out;
    }
    return kept === null ? chunk : kept.subarray(0, end);
  }

  /** Plain text, which most output is, passes at the price of a look at each byte. */
  #endOfText(chunk: Uint8Array, start: number): number {
    if (this.#state !== 'text' || this.#before === ESC || this.#before === C1_LEAD) return start;
    let end = start;
    for (; end < chunk.length; end += 1) {
      const byte = chunk[end];
      if (byte === ESC || byte === C1_LEAD || byte === CAN || byte === SUB) break;
    }
    if (end > start) this.#before = chunk[end - 1] as number;
    return end;
  }

  /** The byte to pass on; -1 for none. */
  #next(byte: number): number {
    const before = this.#before;
    this.#before = byte;
    if (before === ESC) return this.#afterEscape(byte);
    if (before === C1_LEAD && byte >= 0x80 && byte <= 0xbf) return this.#eightBit(byte);
    if (byte === ESC || byte === CAN || byte === SUB) {
      this.#state = 'text';
      return byte;
    }
    switch (this.#state) {
      case 'text':
        return byte;
      case 'csi':
      case 'mode':
        return this.#parameter(byte);
      case 'string':
      case 'dropped':
        return this.#ofString(byte);
      default:
        return this.#state satisfies never;
    }
  }

  #afterEscape(byte: number): number {
    if (STRING_OPENERS.has(byte)) this.#open(byte === 0x5d);
    else if (byte === CSI) this.#openCsi();
    return byte;
  }

  /** The second byte of a character that may be a control. */
  #eightBit(byte: number): number {
    const wasDropped = this.#state === 'dropped';
    if (C1_STRING_OPENERS.has(byte)) this.#open(byte === 0x9d);
    else if (byte === C1_CSI) this.#openCsi();
    else if (byte === C1_STRING_END) this.#state = 'text';
    else if (byte > 0x9f && (this.#state === 'string' || wasDropped)) return this.#ofString(byte);
    return wasDropped ? this.#withoutLead() : byte;
  }

  /** The lead of this control went with the dropped string: cancelling stands for both bytes. */
  #withoutLead(): number {
    this.#state = 'text';
    return CAN;
  }

  #open(isOsc: boolean): void {
    this.#state = 'string';
    this.#isOsc = isOsc;
    this.#length = 0;
  }

  #openCsi(): void {
    this.#state = 'csi';
    this.#digits = 0;
  }

  #parameter(byte: number): number {
    if (byte >= 0x30 && byte <= 0x39) {
      if (byte === 0x30 && this.#digits === 0) return byte;
      this.#digits += 1;
      return this.#digits > (this.#state === 'mode' ? MAX_MODE_DIGITS : MAX_DIGITS) ? -1 : byte;
    }
    this.#digits = 0;
    if (byte >= 0x3c && byte <= 0x3f) this.#state = 'mode';
    else if (byte >= 0x40 && byte <= 0x7e) this.#state = 'text';
    return byte;
  }

  #ofString(byte: number): number {
    if (byte === BEL && this.#isOsc) {
      const wasDropped = this.#state === 'dropped';
      this.#state = 'text';
      return wasDropped ? -1 : byte;
    }
    if (this.#state === 'dropped') return -1;
    this.#length += 1;
    if (this.#length <= MAX_STRING_BYTES) return byte;
    this.#state = 'dropped';
    return CAN;
  }
}
