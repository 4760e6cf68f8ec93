import { useSignal } from '@preact/signals';
import type { SentMessage } from '#contract/class-help.ts';
import { withdrawMessage } from '../../api-client/class-help-api.ts';
import { Confirm } from '../../forms/confirm.tsx';
import { useClass } from '../class-context.ts';
import type { HelpTexts } from './texts.ts';

interface SentCardProps {
  readonly cohort: string;
  readonly messages: readonly SentMessage[];
  readonly texts: HelpTexts;
}

/** What was sent in the last day, and how many have read it. */
export function SentCard({ cohort, messages, texts }: SentCardProps) {
  const { language, texts: common } = useClass();
  const withdrawn = useSignal<SentMessage | null>(null);
  const words = texts.messages;
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  return (
    <section class="fm-card" aria-labelledby="ch-sent">
      <h2 id="ch-sent">{words.sentTitle}</h2>
      {messages.length === 0 && <p class="fm-quiet">{words.sentNone}</p>}
      <ul class="ch-sent">
        {messages.map((message) => (
          <li key={message.id}>
            <div class="fm-quiet">
              <time dateTime={new Date(message.atMs).toISOString()}>{time.format(message.atMs)}</time> ·{' '}
              {message.by} → {message.to === null ? words.all : message.to.join(', ')}
            </div>
            <p>{message.text}</p>
            <div class="ch-sent-foot">
              <span class="ch-read">{words.read(message.readBy, message.readers)}</span>
              <button
                type="button"
                class="fm-link"
                onClick={() => {
                  withdrawn.value = message;
                }}
              >
                {words.withdraw}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {withdrawn.value && (
        <Confirm
          title={words.withdrawTitle}
          confirm={words.withdraw}
          cancel={common.cancel}
          danger
          language={language}
          onConfirm={async () => {
            if (withdrawn.value) await withdrawMessage(cohort, withdrawn.value.id);
          }}
          onClose={() => {
            withdrawn.value = null;
          }}
        >
          <p>{words.withdrawBody}</p>
        </Confirm>
      )}
    </section>
  );
}
