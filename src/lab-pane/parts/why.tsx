import type { LabReason } from '#contract/api.ts';
import { usePane } from '../pane-parts.ts';
import { reasonText } from '../reason-text.ts';

/** Why the lab was paused or closed, where that was not the learner's doing. */
export function Why({ why, state }: { why: LabReason; state: 'paused' | 'closed' }) {
  const { language, texts } = usePane();
  return (
    <div class="lp-why">
      {reasonText(why, state, texts.queue, language).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
