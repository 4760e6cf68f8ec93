import type { Language } from '#contract/language.ts';
import type { LabProblem } from '../api-client/lab-problem.ts';
import { RichText } from '../lab-pane/rich-text.tsx';

/** What went wrong, said at once to who can't see it. */
export function ProblemNote({ problem, language }: { problem: LabProblem | null; language: Language }) {
  return (
    <div role="alert">
      {problem && (
        <p class="fm-note fm-failed">
          <RichText text={problem.text(language)} />
        </p>
      )}
    </div>
  );
}
