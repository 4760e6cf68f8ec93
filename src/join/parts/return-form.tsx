import { useSignal } from '@preact/signals';
import { comeBack } from '../../api-client/class-api.ts';
import { Field } from '../../forms/field.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import type { JoinProps } from './join-app.tsx';

export function ReturnForm({ language, texts, onJoin }: JoinProps & { readonly onJoin: () => void }) {
  const code = useSignal('');
  const action = useAction();
  return (
    <form
      class="fm-form"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(async () => {
          await comeBack(code.value);
          location.assign(`/${language}/chapter-14/`);
        });
      }}
    >
      <h2>{texts.back.title}</h2>
      <p>{texts.back.body}</p>
      <Field
        class="fm-code"
        label={texts.back.label}
        placeholder="ABCD-EFGH-JKMN-PQRS"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxLength={60}
        required
        autofocus
        value={code.value}
        onText={(text) => {
          code.value = text;
        }}
      />
      <ProblemNote problem={action.problem} language={language} />
      <button type="submit" class="lp-button lp-primary" disabled={action.isBusy}>
        {texts.back.button}
      </button>
      <button type="button" class="fm-link" onClick={onJoin}>
        {texts.back.toJoin}
      </button>
    </form>
  );
}
