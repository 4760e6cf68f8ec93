import { ANSWER_OSC } from '#contract/terminal-protocol.ts';
import { parseAnswer } from '../../terminal/answer-sequence.ts';

const START = `\u001b]${ANSWER_OSC};`;
/** A control sequence of this kind ends in one of these. */
const ENDS = ['\u0007', '\u001b\\'];
/** No answer is longer: what began one is given up then. */
const MAX_SEQUENCE_CHARS = 8 * 1024;

/** Finds answers that the node's `answer` command sends in a script's output, also across chunks. */
export class AnswerScanner {
  readonly #onAnswer: (answer: { check: string; value: string }) => void;
  readonly #decoder = new TextDecoder();
  #rest = '';

  constructor(onAnswer: (answer: { check: string; value: string }) => void) {
    this.#onAnswer = onAnswer;
  }

  push(chunk: Buffer): void {
    let text = this.#rest + this.#decoder.decode(chunk, { stream: true });
    for (let sequence = firstSequence(text); sequence !== null; sequence = firstSequence(text)) {
      const answer = parseAnswer(sequence.payload);
      if (answer !== null) this.#onAnswer(answer);
      text = text.slice(sequence.endsAt);
    }
    const begun = text.indexOf(START);
    // The beginning itself may be cut in two by the end of a chunk.
    const rest = begun < 0 ? text.slice(-(START.length - 1)) : text.slice(begun);
    this.#rest = rest.length > MAX_SEQUENCE_CHARS ? '' : rest;
  }
}

/** A terminal's output as a text file would have it: without answers to questions and carriage returns. */
export function plainOutput(output: string): string {
  let text = output;
  for (let sequence = firstSequence(text); sequence !== null; sequence = firstSequence(text)) {
    text = text.slice(0, sequence.startsAt) + text.slice(sequence.endsAt);
  }
  return text.replaceAll('\r\n', '\n');
}

/** The first complete sequence of a text. */
function firstSequence(text: string): { payload: string; startsAt: number; endsAt: number } | null {
  const startsAt = text.indexOf(START);
  if (startsAt < 0) return null;
  const from = startsAt + START.length;
  const ends = ENDS.map((end) => ({ at: text.indexOf(end, from), length: end.length })).filter(
    ({ at }) => at >= 0,
  );
  const [end] = ends.sort((one, other) => one.at - other.at);
  if (end === undefined) return null;
  return { payload: text.slice(from, end.at), startsAt, endsAt: end.at + end.length };
}
