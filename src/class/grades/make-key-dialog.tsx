import { useSignal } from '@preact/signals';
import { API_SCOPES, API_TOKEN_DAYS_MAX, type ApiScope } from '#contract/class-grades.ts';
import { CohortId } from '#contract/ids.ts';
import { makeApiToken } from '../../api-client/grades-api.ts';
import { Confirm } from '../../forms/confirm.tsx';
import { CopyButton } from '../../forms/copy-button.tsx';
import { Field } from '../../forms/field.tsx';
import { Dialog } from '../../lab-pane/parts/dialog.tsx';
import { useClass } from '../class-context.ts';
import { gradesTexts } from './texts.ts';

const DAYS_AT_FIRST = 90;

interface MakeKeyProps {
  readonly cohort: string;
  readonly onMade: (token: string) => Promise<void>;
  readonly onClose: () => void;
}

export function MakeKeyDialog({ cohort, onMade, onClose }: MakeKeyProps) {
  const { language, texts } = useClass();
  const { keys } = gradesTexts(language);
  const name = useSignal('');
  const days = useSignal(String(DAYS_AT_FIRST));
  const scope = useSignal<ApiScope>('read');
  const everywhere = useSignal(false);
  return (
    <Confirm
      title={keys.makeTitle}
      confirm={keys.make}
      cancel={texts.cancel}
      language={language}
      onConfirm={async () => {
        const made = await makeApiToken({
          name: name.value,
          scope: scope.value,
          cohort: everywhere.value ? null : CohortId.parse(cohort),
          days: Number(days.value),
        });
        await onMade(made.token);
      }}
      onClose={onClose}
    >
      <Field
        label={keys.name}
        hint={keys.nameHint}
        autofocus
        required
        value={name.value}
        onText={(text) => {
          name.value = text;
        }}
      />
      <Field
        label={keys.days}
        type="number"
        min={1}
        max={API_TOKEN_DAYS_MAX}
        required
        value={days.value}
        onText={(text) => {
          days.value = text;
        }}
      />
      <Choice
        legend={keys.scope}
        options={API_SCOPES.map((one) => [one, keys.scopes[one]])}
        value={scope.value}
        onChoose={(one) => {
          scope.value = one;
        }}
      />
      <Choice
        legend={keys.reach}
        options={[
          ['one', keys.thisClass],
          ['all', keys.allClasses],
        ]}
        value={everywhere.value ? 'all' : 'one'}
        onChoose={(reach) => {
          everywhere.value = reach === 'all';
        }}
      />
    </Confirm>
  );
}

interface ChoiceProps<Name extends string> {
  readonly legend: string;
  readonly options: readonly (readonly [Name, string])[];
  readonly value: Name;
  readonly onChoose: (name: Name) => void;
}

function Choice<Name extends string>({ legend, options, value, onChoose }: ChoiceProps<Name>) {
  return (
    <fieldset class="fm-choice">
      <legend>{legend}</legend>
      {options.map(([name, label]) => (
        <label key={name}>
          <input type="radio" name={legend} checked={value === name} onChange={() => onChoose(name)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The only time that the key is seen. */
export function MadeKeyDialog({ token, onClose }: { token: string; onClose: () => void }) {
  const { language, texts } = useClass();
  const { keys } = gradesTexts(language);
  return (
    <Dialog title={keys.madeTitle} onClose={onClose}>
      <p>{keys.madeBody}</p>
      <p class="fm-secret fm-long" translate={false}>
        {token}
      </p>
      <div class="lp-dialog-buttons">
        <CopyButton text={token} label={texts.copy} done={texts.copied} failed={texts.copyFailed} />
        <button type="button" class="lp-button lp-primary" onClick={onClose}>
          {texts.close}
        </button>
      </div>
    </Dialog>
  );
}
