import { useSignal } from '@preact/signals';
import { signInInstructor } from '../../api-client/class-api.ts';
import { Field } from '../../forms/field.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { RichText } from '../../lab-pane/rich-text.tsx';
import { useClass } from '../class-context.ts';

export function SignIn() {
  const { language, texts, refresh } = useClass();
  const name = useSignal('');
  const passphrase = useSignal('');
  const action = useAction();
  return (
    <section class="fm-card fm-narrow">
      <h2>{texts.signIn.title}</h2>
      <form
        class="fm-form"
        onSubmit={async (event) => {
          event.preventDefault();
          const account = { name: name.value, passphrase: passphrase.value };
          if (await action.run(() => signInInstructor(account))) await refresh();
        }}
      >
        <Field
          label={texts.account.name}
          autocomplete="username"
          required
          value={name.value}
          onText={(text) => {
            name.value = text;
          }}
        />
        <Field
          label={texts.account.passphrase}
          type="password"
          autocomplete="current-password"
          required
          value={passphrase.value}
          onText={(text) => {
            passphrase.value = text;
          }}
        />
        <ProblemNote problem={action.problem} language={language} />
        <button type="submit" class="lp-button lp-primary" disabled={action.isBusy}>
          {texts.signIn.button}
        </button>
      </form>
      <p class="fm-hint">
        <RichText text={texts.signIn.lost} />
      </p>
      <p class="fm-hint">
        <a href={`/${language}/join/`}>{texts.signIn.learners}</a>
      </p>
    </section>
  );
}
