import type { QueuePlace } from '#contract/api.ts';
import { usePane } from '../pane-parts.ts';
import { Message } from './card.tsx';
import { OtherLabs } from './other-labs.tsx';
import { useElapsedSeconds } from './progress-card.tsx';

/** The machine is full: where in the queue this lab is, what it waits for, and what helps. */
export function WaitingCard({ place, canLeave }: { place: QueuePlace; canLeave: boolean }) {
  const { lab, texts } = usePane();
  const words = texts.queue;
  const { position, waiting, lacks, open, expectedWaitMs, idleCloseMs } = place;
  const seconds = useElapsedSeconds(lab.model.value.stateSinceMs);
  return (
    <Message title={words.title}>
      <p>{words.lacks[lacks](open)}</p>
      <dl class="lp-queue">
        <dt>{words.positionLabel}</dt>
        <dd class="lp-queue-position">{words.position(position, waiting)}</dd>
        <dt>{words.expectedLabel}</dt>
        <dd>{expectedWaitMs === null ? words.unknown : words.expected(words.span(expectedWaitMs))}</dd>
        <dt>{words.elapsedLabel}</dt>
        <dd>{texts.elapsed(seconds)}</dd>
      </dl>
      {expectedWaitMs === null && lacks !== 'turn' && <p>{words.comesFree(words.span(idleCloseMs))}</p>}
      {canLeave && <p>{words.stay}</p>}
      <p class="lp-hidden" role="status">
        {words.announce(position)}
      </p>
      <OtherLabs />
      {canLeave && (
        <button
          type="button"
          class="lp-button"
          disabled={lab.work.value !== null}
          onClick={() => void lab.leaveQueue()}
        >
          {words.leave}
        </button>
      )}
    </Message>
  );
}
