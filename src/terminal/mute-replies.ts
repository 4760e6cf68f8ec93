import type { Terminal } from '@xterm/xterm';

const QUERIES = [
  { final: 'c' },
  { prefix: '>', final: 'c' },
  { prefix: '=', final: 'c' },
  { final: 'n' },
  { prefix: '?', final: 'n' },
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
] as const;
const COLOUR_OSCS = [4, 10, 11, 12];

/**
 * Programs that ask the terminal something are answered by the server's screen. If pages answered too, two windows
 * would answer twice, and a replay after a reconnect would type old answers into the shell.
 */
export function muteReplies({ parser }: Terminal): void {
  for (const query of QUERIES) parser.registerCsiHandler(query, () => true);
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, () => true);
  for (const osc of COLOUR_OSCS) parser.registerOscHandler(osc, (data) => data.includes('?'));
}
