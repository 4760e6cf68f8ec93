import { ANSWER_OSC } from '#contract/terminal-protocol.ts';

/** What the node's commands tell the server, from its introducer to BEL or ST. */
const SEQUENCE = new RegExp(`\\u001b\\]${ANSWER_OSC};.*?(?:\\u0007|\\u001b\\\\)`, 'gs');

/** A terminal's output as a text file would have it: without messages to the server and carriage returns. */
export function plainOutput(output: string): string {
  return output.replaceAll(SEQUENCE, '').replaceAll('\r\n', '\n');
}
