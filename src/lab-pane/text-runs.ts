export interface TextRun {
  readonly code: boolean;
  readonly text: string;
}

/** Splits a message at its backticks. A backtick without a partner stays as it is. */
export function textRuns(text: string): readonly TextRun[] {
  const runs: TextRun[] = [];
  let end = 0;
  for (const match of text.matchAll(/`([^`]+)`/g)) {
    if (match.index > end) runs.push({ code: false, text: text.slice(end, match.index) });
    runs.push({ code: true, text: match[1] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < text.length) runs.push({ code: false, text: text.slice(end) });
  return runs;
}
