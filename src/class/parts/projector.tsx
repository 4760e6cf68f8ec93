import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { CohortView } from '#contract/class-api.ts';
import { shownCode } from '#contract/class-codes.ts';
import { useClass } from '../class-context.ts';
import { JoiningBadge } from './joining-badge.tsx';
import { QrCode } from './qr-code.tsx';

interface ProjectorProps {
  readonly cohort: CohortView;
  readonly link: string;
  readonly onClose: () => void;
}

/** How to join, readable from the back of the room. */
export function Projector({ cohort, link, onClose }: ProjectorProps) {
  const { texts } = useClass();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  return (
    <dialog
      class="cl-projector"
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={titleId}>{cohort.name}</h2>
        <JoiningBadge state={cohort.joining} />
        <span class="fm-quiet" aria-live="polite">
          {texts.cohorts.taken(cohort.seatsTaken, cohort.seats)}
        </span>
        <div class="fm-row">
          <button type="button" class="lp-button" onClick={() => void dialog.current?.requestFullscreen()}>
            {texts.code.fullScreen}
          </button>
          <button type="button" class="lp-button" onClick={onClose}>
            {texts.close}
          </button>
        </div>
      </header>
      <div class="cl-projected">
        <QrCode text={link} label={texts.code.qr} />
        <div>
          <p class="cl-projected-link" translate={false}>
            {link.replace(/^https?:\/\//, '').replace(/#.*$/, '')}
          </p>
          <p class="cl-projected-code" translate={false}>
            {shownCode(cohort.joinCode)}
          </p>
          <ol>
            {texts.code.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
      </div>
    </dialog>
  );
}
