import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { QuestionView } from '#contract/api.ts';
import { readAnswer } from '../answer-form.ts';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';

/** A live question: what the learner reads off the terminal is compared with the swarm at this moment. */
export function QuestionForm({ check, question }: { check: string; question: QuestionView }) {
  const { lab, exercises, language, texts } = usePane();
  const words = texts.question;
  const typed = useSignal('');
  const fault = useSignal<string | null>(null);
  const id = useId();
  const isSending = exercises.answering.value === check;
  const canAnswer = lab.isReady.value && exercises.isGraded.value;

  const submit = async (event: Event) => {
    event.preventDefault();
    const read = readAnswer(question, typed.value, words);
    fault.value = read.ok ? null : read.reason;
    if (!read.ok) return;
    const problem = await exercises.answer(check, read.answer);
    fault.value = problem?.text(language) ?? null;
  };

  return (
    <form class="lp-question" onSubmit={submit} noValidate>
      {question.type === 'choice' ? (
        <fieldset aria-describedby={fault.value ? id : undefined}>
          {question.options.map((option) => (
            <label key={option.id}>
              <input
                type="radio"
                name={id}
                value={option.id}
                checked={typed.value === option.id}
                onChange={() => {
                  typed.value = option.id;
                }}
              />
              <span>
                <RichText text={option.text[language]} />
              </span>
            </label>
          ))}
        </fieldset>
      ) : (
        <input
          type="text"
          inputMode={question.type === 'number' ? 'numeric' : 'text'}
          aria-label={
            question.type === 'number'
              ? `${words.answer}: ${words.number(question.min, question.max)}`
              : words.answer
          }
          aria-invalid={fault.value !== null}
          aria-describedby={fault.value ? id : undefined}
          placeholder={question.type === 'number' ? `${question.min}–${question.max}` : ''}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
      )}
      <button type="submit" class="lp-button" disabled={!canAnswer || isSending} aria-busy={isSending}>
        {words.submit}
      </button>
      {fault.value && (
        <p class="lp-question-fault" id={id} role="alert">
          <RichText text={fault.value} />
        </p>
      )}
    </form>
  );
}
