/** How much of what the lesson prints has to be on the learner's screen, too: times, ids and states differ. */
const SHARE = 0.5;

/**
 * Whether two outputs may come from the same command: words are compared, numbers and ids are not. `rows` is what
 * the screen has room for: of a long output only the end is seen.
 */
export function areAlike(printed: string, seen: string, rows: number): boolean {
  const wanted = words(printed.trimEnd().split('\n').slice(-rows).join('\n'));
  const found = words(seen);
  const common = [...wanted].filter((word) => found.has(word)).length;
  return wanted.size === 0 || common / wanted.size >= SHARE;
}

function words(text: string): Set<string> {
  const tokens = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return new Set(tokens.filter((token) => /^\p{L}{3,}$/u.test(token)));
}
