import { ANSWER_OSC } from '#contract/terminal-protocol.ts';
import { type LabSequence, parseLabSequence } from './answer-sequence.ts';

const START = `\u001b]${ANSWER_OSC};`;
/** A control sequence of this kind ends in one of these. */
const ENDS = ['\u0007', '\u001b\\'];
/** No sequence is longer: what began one is given up then. */
const MAX_SEQUENCE_CHARS = 8 * 1024;

/** Finds what the node's commands tell the server in a script's output, also across chunks. */
export function scanSequences(onSequence: (sequence: LabSequence) => void): (chunk: Uint8Array) => void {
  const decoder = new TextDecoder();
  let rest = '';
  return (chunk) => {
    const pieces = (rest + decoder.decode(chunk, { stream: true })).split(START);
    const last = pieces.length - 1;
    for (const [index, piece] of pieces.entries()) {
      const endsAt = index === 0 ? null : endOf(piece);
      const sequence = endsAt === null ? null : parseLabSequence(piece.slice(0, endsAt));
      if (sequence !== null) onSequence(sequence);
      if (index < last) continue;
      // The end of a chunk may cut a sequence, or its very beginning, in two.
      const isOpen = index > 0 && endsAt === null;
      rest = isOpen ? START + piece : piece.slice(-(START.length - 1));
      if (rest.length > MAX_SEQUENCE_CHARS) rest = '';
    }
  };
}

function endOf(piece: string): number | null {
  const found = ENDS.map((end) => piece.indexOf(end)).filter((at) => at >= 0);
  return found.length === 0 ? null : Math.min(...found);
}
