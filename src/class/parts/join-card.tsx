import { useSignal } from '@preact/signals';
import type { CohortView } from '#contract/class-api.ts';
import { shownCode } from '#contract/class-codes.ts';
import { changeCohort, renewJoinCode } from '../../api-client/class-api.ts';
import { Confirm } from '../../forms/confirm.tsx';
import { CopyButton } from '../../forms/copy-button.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';
import { Projector } from './projector.tsx';
import { QrCode } from './qr-code.tsx';

interface JoinCardProps {
  readonly cohort: CohortView;
  readonly onChange: (cohort: CohortView) => void;
}

/** The code stands behind `#`: it reaches no log on the way. */
const joinLink = (joinCode: string) => `${location.origin}/join#${shownCode(joinCode)}`;

export function JoinCard({ cohort, onChange }: JoinCardProps) {
  const { language, texts } = useClass();
  const dialog = useSignal<'none' | 'projector' | 'renew'>('none');
  const action = useAction();
  const link = joinLink(cohort.joinCode);
  const close = () => {
    dialog.value = 'none';
  };
  const copy = { label: texts.copy, done: texts.copied, failed: texts.copyFailed };
  return (
    <section class="fm-card cl-join" aria-label={texts.code.title}>
      <button
        type="button"
        class="cl-qr-button"
        aria-label={texts.code.show}
        onClick={() => {
          dialog.value = 'projector';
        }}
      >
        <QrCode text={link} label={texts.code.qr} />
      </button>
      <dl class="cl-codes">
        <div>
          <dt>{texts.code.code}</dt>
          <dd>
            <strong class="cl-code" translate={false}>
              {shownCode(cohort.joinCode)}
            </strong>
            <CopyButton text={shownCode(cohort.joinCode)} {...copy} />
          </dd>
        </div>
        <div>
          <dt>{texts.code.link}</dt>
          <dd>
            <span class="cl-link" translate={false}>
              {link}
            </span>
            <CopyButton text={link} {...copy} />
          </dd>
        </div>
      </dl>
      <div class="fm-row">
        <button
          type="button"
          class="lp-button lp-primary"
          onClick={() => {
            dialog.value = 'projector';
          }}
        >
          {texts.code.show}
        </button>
        <button
          type="button"
          class="lp-button"
          disabled={action.isBusy}
          onClick={() =>
            void action.run(async () =>
              onChange(await changeCohort(cohort.id, { joiningPaused: !cohort.joiningPaused })),
            )
          }
        >
          {cohort.joiningPaused ? texts.code.resume : texts.code.pause}
        </button>
        <button
          type="button"
          class="lp-button"
          onClick={() => {
            dialog.value = 'renew';
          }}
        >
          {texts.code.renew}
        </button>
      </div>
      <ProblemNote problem={action.problem} language={language} />
      {dialog.value === 'projector' && <Projector cohort={cohort} link={link} onClose={close} />}
      {dialog.value === 'renew' && (
        <Confirm
          title={texts.code.renewTitle}
          confirm={texts.code.renew}
          cancel={texts.cancel}
          danger
          language={language}
          onConfirm={async () => onChange(await renewJoinCode(cohort.id))}
          onClose={close}
        >
          <p>{texts.code.renewBody}</p>
        </Confirm>
      )}
    </section>
  );
}
