import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import type { RosterEntry } from '#contract/class-api.ts';
import { MESSAGE_MAX } from '#contract/class-help.ts';
import { LearnerId } from '#contract/ids.ts';
import { sendMessage } from '../../api-client/class-help-api.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { TextArea } from '../../forms/text-area.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';
import type { HelpTexts } from './texts.ts';

interface MessageFormProps {
  readonly cohort: string;
  readonly learners: readonly RosterEntry[];
  /** Whom it is for; `null`: everybody. */
  readonly to: Signal<readonly string[] | null>;
  readonly textBox: RefObject<HTMLTextAreaElement | null>;
  readonly texts: HelpTexts;
}

/** A message to the class, or to those who are chosen. */
export function MessageForm({ cohort, learners, to, textBox, texts }: MessageFormProps) {
  const { language } = useClass();
  const text = useSignal('');
  const isSent = useSignal(false);
  const action = useAction();
  const words = texts.messages;
  const chosen = (to.value ?? []).filter((id) => learners.some((learner) => learner.id === id));
  const isReady = text.value.trim() !== '' && (to.value === null || chosen.length > 0);
  const send = () =>
    action.run(async () => {
      isSent.value = false;
      const ids = chosen.map((id) => LearnerId.parse(id));
      await sendMessage(cohort, { to: to.value === null ? null : ids, text: text.value });
      text.value = '';
      isSent.value = true;
    });
  return (
    <section class="fm-card" aria-labelledby="ch-message">
      <h2 id="ch-message">{words.title}</h2>
      <form
        class="fm-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <fieldset class="ch-to">
          <legend>{words.to}</legend>
          <div class="fm-choice">
            <label>
              <input type="radio" name="to" checked={to.value === null} onChange={() => (to.value = null)} />
              {words.all} <span class="fm-quiet">{words.allHint}</span>
            </label>
            <label>
              <input type="radio" name="to" checked={to.value !== null} onChange={() => (to.value = [])} />
              {words.some}
            </label>
          </div>
          {to.value !== null && <Choice learners={learners} to={to} texts={texts} />}
        </fieldset>
        <TextArea
          label={words.text}
          hint={words.textHint}
          rows={4}
          maxLength={MESSAGE_MAX}
          inputRef={textBox}
          value={text.value}
          onText={(typed) => {
            text.value = typed;
            isSent.value = false;
          }}
        />
        <ProblemNote problem={action.problem} language={language} />
        <div class="fm-row">
          <button type="submit" class="lp-button lp-primary" disabled={action.isBusy || !isReady}>
            {words.send}
          </button>
          <span class="fm-quiet" role="status">
            {isSent.value && words.sent}
          </span>
        </div>
      </form>
    </section>
  );
}

function Choice({ learners, to, texts }: Pick<MessageFormProps, 'learners' | 'to' | 'texts'>) {
  if (learners.length === 0) return <p class="fm-quiet">{texts.messages.noLearners}</p>;
  const chosen = new Set(to.value);
  return (
    <div class="ch-choice">
      {learners.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.has(id)}
            onChange={(event) => {
              const others = (to.value ?? []).filter((one) => one !== id);
              to.value = event.currentTarget.checked ? [...others, id] : others;
            }}
          />
          {name}
        </label>
      ))}
    </div>
  );
}
