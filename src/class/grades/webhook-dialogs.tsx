import { useSignal } from '@preact/signals';
import type { WebhookMade } from '#contract/class-webhook.ts';
import { setWebhook } from '../../api-client/grades-api.ts';
import { Confirm } from '../../forms/confirm.tsx';
import { CopyButton } from '../../forms/copy-button.tsx';
import { Field } from '../../forms/field.tsx';
import { Dialog } from '../../lab-pane/parts/dialog.tsx';
import { useClass } from '../class-context.ts';
import { gradesTexts } from './texts.ts';

interface SetWebhookProps {
  readonly cohort: string;
  readonly isChange: boolean;
  readonly onMade: (made: WebhookMade) => void;
  readonly onClose: () => void;
}

export function SetWebhookDialog({ cohort, isChange, onMade, onClose }: SetWebhookProps) {
  const { language, texts } = useClass();
  const { webhook } = gradesTexts(language);
  const url = useSignal('');
  return (
    <Confirm
      title={webhook.setTitle}
      confirm={webhook.set}
      cancel={texts.cancel}
      language={language}
      onConfirm={async () => onMade(await setWebhook(cohort, url.value))}
      onClose={onClose}
    >
      <Field
        label={webhook.address}
        hint={webhook.addressHint}
        autofocus
        required
        autocomplete="off"
        spellcheck={false}
        maxLength={500}
        value={url.value}
        onText={(text) => {
          url.value = text;
        }}
      />
      {isChange && <p>{webhook.changeBody}</p>}
    </Confirm>
  );
}

/** The only time that the secret is seen. */
export function WebhookSecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { language, texts } = useClass();
  const { webhook } = gradesTexts(language);
  return (
    <Dialog title={webhook.madeTitle} onClose={onClose}>
      <p>{webhook.madeBody}</p>
      <p class="fm-secret fm-long" translate={false}>
        {secret}
      </p>
      <div class="lp-dialog-buttons">
        <CopyButton text={secret} label={texts.copy} done={texts.copied} failed={texts.copyFailed} />
        <button type="button" class="lp-button lp-primary" onClick={onClose}>
          {texts.close}
        </button>
      </div>
    </Dialog>
  );
}
