import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { WebhookView } from '#contract/class-webhook.ts';
import { fetchWebhook, removeWebhook, workWebhook } from '../../api-client/grades-api.ts';
import { Confirm } from '../../forms/confirm.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';
import { gradesTexts } from './texts.ts';
import { WebhookDeliveries } from './webhook-deliveries.tsx';
import { SetWebhookDialog, WebhookSecretDialog } from './webhook-dialogs.tsx';

type Open = 'set' | 'remove' | { readonly secret: string } | null;

/** Where the events of the class go, and what came of the last ones. */
export function WebhookCard({ cohort }: { cohort: string }) {
  const { language, texts } = useClass();
  const { webhook } = gradesTexts(language);
  /** `undefined`: not known yet. */
  const hook = useSignal<WebhookView | null | undefined>(undefined);
  const open = useSignal<Open>(null);
  const action = useAction();
  const show = (next: Open) => () => {
    open.value = next;
  };
  const run = (work: () => Promise<WebhookView | null>) =>
    action.run(async () => {
      hook.value = await work();
    });
  useEffect(() => void run(() => fetchWebhook(cohort)), [cohort]);
  const shown = open.value;
  const known = hook.value;
  return (
    <section class="fm-card" aria-labelledby="gr-webhook">
      <div class="cl-card-head">
        <h2 id="gr-webhook">{webhook.title}</h2>
        {known === null && (
          <button type="button" class="lp-button" onClick={show('set')}>
            {webhook.set}
          </button>
        )}
      </div>
      <p class="fm-quiet">{webhook.hint}</p>
      <ProblemNote problem={action.problem} language={language} />
      {known && (
        <>
          <p class="gr-address" translate={false}>
            {known.url}
          </p>
          <Disabled hook={known} />
          <div class="gr-buttons">
            {known.disabledAtMs === null ? (
              <button
                type="button"
                class="lp-button"
                disabled={action.isBusy}
                onClick={() => void run(() => workWebhook(cohort, 'test'))}
              >
                {webhook.test}
              </button>
            ) : (
              <button
                type="button"
                class="lp-button lp-primary"
                disabled={action.isBusy}
                onClick={() => void run(() => workWebhook(cohort, 'enable'))}
              >
                {webhook.enable}
              </button>
            )}
            <button type="button" class="lp-button" onClick={show('set')}>
              {webhook.change}
            </button>
            <button type="button" class="lp-button" onClick={show('remove')}>
              {webhook.remove}
            </button>
            <span class="fm-quiet" role="status">
              {action.isBusy ? webhook.testing : ''}
            </span>
          </div>
          <WebhookDeliveries deliveries={known.deliveries} />
        </>
      )}
      {shown === 'set' && (
        <SetWebhookDialog
          cohort={cohort}
          isChange={!!known}
          onMade={(made) => {
            hook.value = made.webhook;
            open.value = { secret: made.secret };
          }}
          onClose={() => {
            if (open.peek() === 'set') open.value = null;
          }}
        />
      )}
      {shown !== null && typeof shown === 'object' && (
        <WebhookSecretDialog secret={shown.secret} onClose={show(null)} />
      )}
      {shown === 'remove' && (
        <Confirm
          title={webhook.removeTitle}
          confirm={webhook.remove}
          cancel={texts.cancel}
          danger
          language={language}
          onConfirm={async () => {
            await removeWebhook(cohort);
            hook.value = null;
          }}
          onClose={show(null)}
        >
          <p>{webhook.removeBody}</p>
        </Confirm>
      )}
    </section>
  );
}

function Disabled({ hook }: { hook: WebhookView }) {
  const { language } = useClass();
  if (hook.disabledAtMs === null || hook.disabledReason === null) return null;
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const { disabled } = gradesTexts(language).webhook;
  return (
    <p class="gr-disabled" role="alert">
      {disabled[hook.disabledReason](time.format(hook.disabledAtMs))}
    </p>
  );
}
