import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { JoinView, ReturnCode } from '#contract/class-api.ts';
import { join, lookAtJoinCode } from '../../api-client/class-api.ts';
import { Field } from '../../forms/field.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import type { JoinProps } from './join-app.tsx';

interface JoinFormProps extends JoinProps {
  /** From the link; empty when it has to be typed. */
  readonly code: string;
  readonly onReturn: () => void;
  readonly onJoined: (joined: ReturnCode & { readonly asked: string }) => void;
}

/** First the code, then, when it leads somewhere, the name. */
export function JoinForm({ language, texts, code: fromLink, onReturn, onJoined }: JoinFormProps) {
  const code = useSignal(fromLink);
  const name = useSignal('');
  const found = useSignal<JoinView | null>(null);
  const action = useAction();
  const look = () =>
    action.run(async () => {
      found.value = await lookAtJoinCode(code.value);
    });
  useEffect(() => {
    if (fromLink !== '') void look();
  }, []);
  const problem = <ProblemNote problem={action.problem} language={language} />;

  if (found.value === null) {
    return (
      <form
        // Not the form of the next step with other attributes: what is taken away of an input leaves traces.
        key="code"
        class="fm-form"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <h2>{texts.code.title}</h2>
        <p>{texts.code.body}</p>
        <Field
          class="fm-code"
          label={texts.code.label}
          placeholder="ABCD-EFGH"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={40}
          required
          value={code.value}
          onText={(text) => {
            code.value = text;
          }}
        />
        {problem}
        <button type="submit" class="lp-button lp-primary" disabled={action.isBusy}>
          {texts.code.button}
        </button>
        <button type="button" class="fm-link" onClick={onReturn}>
          {texts.code.toReturn}
        </button>
        <a class="fm-link" href={`/${language}/class/`}>
          {texts.code.instructors}
        </a>
      </form>
    );
  }
  const { cohort, instructors, watchWithoutAsking } = found.value;
  return (
    <form
      key="name"
      class="fm-form"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(async () => onJoined({ ...(await join(code.value, name.value)), asked: name.value }));
      }}
    >
      <h2>{texts.name.title(cohort)}</h2>
      {instructors.length > 0 && <p class="fm-quiet">{texts.name.instructors(instructors.join(', '))}</p>}
      {watchWithoutAsking && <p class="fm-note">{texts.name.watched}</p>}
      <Field
        label={texts.name.label}
        hint={texts.name.hint}
        autocomplete="name"
        autofocus
        required
        value={name.value}
        onText={(text) => {
          name.value = text;
        }}
      />
      {problem}
      <button type="submit" class="lp-button lp-primary" disabled={action.isBusy}>
        {texts.name.button}
      </button>
      <div class="fm-row">
        <button
          type="button"
          class="fm-link"
          onClick={() => {
            found.value = null;
            action.forget();
          }}
        >
          {texts.name.otherCode}
        </button>
        <a class="fm-link" href={`/${language}/privacy/`}>
          {texts.name.privacy}
        </a>
      </div>
    </form>
  );
}
