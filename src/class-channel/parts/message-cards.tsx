import { useSignal } from '@preact/signals';
import type { ReceivedMessage } from '#contract/class-help.ts';
import type { Language } from '#contract/language.ts';
import { readMessage } from '../../api-client/class-help-api.ts';
import { problemFrom } from '../../api-client/lab-problem.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { classState } from '../class-channel.ts';
import type { ChannelTexts } from '../texts.ts';
import { ShowCard } from './show-card.tsx';

interface CardsProps {
  readonly language: Language;
  readonly texts: ChannelTexts;
}

/** What instructors show and have said; of what they said, each stays until the learner puts it away. */
export function MessageCards({ language, texts }: CardsProps) {
  const messages = classState.value?.messages?.messages ?? [];
  return (
    <div class="cc-cards" aria-live="polite" aria-relevant="additions">
      <ShowCard language={language} texts={texts} />
      {messages.length > 0 && (
        <section aria-label={texts.messages.label}>
          {messages.map((message) => (
            <Card key={message.id} message={message} language={language} texts={texts} />
          ))}
        </section>
      )}
    </div>
  );
}

function Card({ message, language, texts }: CardsProps & { readonly message: ReceivedMessage }) {
  const action = useAction();
  const isGone = useSignal(false);
  if (isGone.value) return null;
  const isToday = new Date(message.atMs).toDateString() === new Date().toDateString();
  const time = new Intl.DateTimeFormat(
    language,
    isToday ? { timeStyle: 'short' } : { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  );
  const putAway = async () => {
    try {
      await readMessage(message.id);
    } catch (fault) {
      // It was withdrawn or has ended: nothing is left to put away.
      if (problemFrom(fault).code !== 'MESSAGE_UNKNOWN') throw fault;
    }
    isGone.value = true;
  };
  return (
    <article class="cc-card">
      <header>
        <strong>{texts.messages.from(message.by)}</strong>
        <time dateTime={new Date(message.atMs).toISOString()}>{time.format(message.atMs)}</time>
      </header>
      <p>{message.text}</p>
      <ProblemNote problem={action.problem} language={language} />
      <button
        type="button"
        class="lp-button"
        disabled={action.isBusy}
        onClick={() => void action.run(putAway)}
      >
        {texts.messages.putAway}
      </button>
    </article>
  );
}
