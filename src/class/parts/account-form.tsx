import { useSignal } from '@preact/signals';
import { Checkbox, Field } from '../../forms/field.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';

interface AccountFormProps {
  readonly button: string;
  /** Whose passphrase is set; `null` for somebody new. */
  readonly fixedName: string | null;
  readonly onSubmit: (account: { name: string; passphrase: string }) => Promise<void>;
  readonly onDone: () => Promise<void>;
}

/** A name and a passphrase, typed twice unless it can be read. */
export function AccountForm({ button, fixedName, onSubmit, onDone }: AccountFormProps) {
  const { language, texts } = useClass();
  const name = useSignal(fixedName ?? '');
  const passphrase = useSignal('');
  const repeated = useSignal('');
  const isShown = useSignal(false);
  const action = useAction();
  const differs = !isShown.value && repeated.value !== '' && repeated.value !== passphrase.value;
  const type = isShown.value ? 'text' : 'password';
  return (
    <form
      class="fm-form"
      onSubmit={async (event) => {
        event.preventDefault();
        if (differs || (!isShown.value && repeated.value === '')) return;
        const account = { name: name.value, passphrase: passphrase.value };
        if (await action.run(() => onSubmit(account))) await onDone();
      }}
    >
      <Field
        label={texts.account.name}
        autocomplete="username"
        required
        readOnly={fixedName !== null}
        value={name.value}
        onText={(text) => {
          name.value = text;
        }}
      />
      <Field
        label={texts.account.passphrase}
        hint={texts.account.passphraseHint}
        type={type}
        autocomplete="new-password"
        required
        value={passphrase.value}
        onText={(text) => {
          passphrase.value = text;
        }}
      />
      {!isShown.value && (
        <Field
          label={texts.account.repeat}
          type={type}
          autocomplete="new-password"
          required
          value={repeated.value}
          onText={(text) => {
            repeated.value = text;
          }}
        />
      )}
      <Checkbox
        label={texts.account.show}
        checked={isShown.value}
        onChange={(checked) => {
          isShown.value = checked;
        }}
      />
      <div role="alert">{differs && <p class="fm-note fm-failed">{texts.account.differs}</p>}</div>
      <ProblemNote problem={action.problem} language={language} />
      <button type="submit" class="lp-button lp-primary" disabled={action.isBusy}>
        {button}
      </button>
    </form>
  );
}
