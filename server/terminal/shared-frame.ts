import { OPCODE } from '#contract/terminal-protocol.ts';
import type { ReplayRing } from './replay-ring.ts';

/** Makes each OUTPUT frame once, however many windows are at the same offset: a whole class may look on. */
export class SharedFrame {
  readonly #ring: ReplayRing;
  #from = -1;
  #to = -1;
  #frame = new Uint8Array();

  constructor(ring: ReplayRing) {
    this.#ring = ring;
  }

  /** All from `offset` to the end of the ring, which must hold it. Not to be written to. */
  from(offset: number): Uint8Array {
    const { endOffset } = this.#ring;
    if (offset !== this.#from || endOffset !== this.#to) {
      this.#frame = new Uint8Array(1 + endOffset - offset);
      this.#frame[0] = OPCODE.output;
      this.#ring.copy(offset, endOffset, this.#frame, 1);
      this.#from = offset;
      this.#to = endOffset;
    }
    return this.#frame;
  }
}
