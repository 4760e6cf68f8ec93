import { useSignal } from '@preact/signals';
import { changePassphrase } from '../../api-client/class-api.ts';
import { Checkbox, Field } from '../../forms/field.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';

/** The instructor's own passphrase: the present one is asked for, and other browsers are signed out. */
export function PassphraseCard() {
  const { language, texts, instructor } = useClass();
  const old = useSignal('');
  const passphrase = useSignal('');
  const isShown = useSignal(false);
  const isDone = useSignal(false);
  const action = useAction();
  const type = isShown.value ? 'text' : 'password';
  const typed = (signal: { value: string }) => (text: string) => {
    signal.value = text;
    isDone.value = false;
  };
  return (
    <details class="fm-card cl-audit">
      <summary>
        <h2>{texts.passphrase.title}</h2>
      </summary>
      <form
        class="fm-form fm-narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(async () => {
            await changePassphrase(old.value, passphrase.value);
            old.value = '';
            passphrase.value = '';
            isDone.value = true;
          });
        }}
      >
        <p>{texts.passphrase.body}</p>
        <input
          class="lp-hidden"
          autocomplete="username"
          tabIndex={-1}
          aria-hidden="true"
          readOnly
          value={instructor?.name}
        />
        <Field
          label={texts.passphrase.old}
          type={type}
          autocomplete="current-password"
          required
          value={old.value}
          onText={typed(old)}
        />
        <Field
          label={texts.passphrase.new}
          hint={texts.account.passphraseHint}
          type={type}
          autocomplete="new-password"
          required
          value={passphrase.value}
          onText={typed(passphrase)}
        />
        <Checkbox
          label={texts.account.show}
          checked={isShown.value}
          onChange={(checked) => {
            isShown.value = checked;
          }}
        />
        <ProblemNote problem={action.problem} language={language} />
        <div class="fm-row">
          <button type="submit" class="lp-button lp-primary" disabled={action.isBusy}>
            {texts.passphrase.button}
          </button>
          <span class="fm-quiet" role="status">
            {isDone.value ? texts.passphrase.done : ''}
          </span>
        </div>
      </form>
    </details>
  );
}
