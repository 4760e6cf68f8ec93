import { textRuns } from './text-runs.ts';

/** Plain text with `code` in backticks. Built from text nodes only, so a message can carry no markup. */
export function RichText({ text }: { text: string }) {
  return (
    <>
      {textRuns(text).map((run, position) => (run.code ? <code key={position}>{run.text}</code> : run.text))}
    </>
  );
}
