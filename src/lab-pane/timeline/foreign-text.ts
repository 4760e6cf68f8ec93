const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Words of the learner's swarm in a sentence of ours: bounded, visible, and unable to turn our words around. */
export function foreign(text: string, maxLength = 60): string {
  const seen = [...text.replace(UNSEEN, '')];
  const cut = seen.length > maxLength ? `${seen.slice(0, maxLength - 1).join('')}…` : seen.join('');
  return /^[\x20-\x7e]*$/.test(cut) ? cut : `${FIRST_STRONG_ISOLATE}${cut}${POP_ISOLATE}`;
}

/** A service without the name of its stack, where the rest still tells it apart. */
export function shortName(service: string): string {
  return foreign(service.slice(service.indexOf('_') + 1) || service, 40);
}
