import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly class?: string;
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly type?: 'text' | 'password' | 'number' | 'datetime-local';
  readonly autocomplete?: 'off' | 'name' | 'username' | 'current-password' | 'new-password';
  readonly autocapitalize?: 'characters';
  readonly spellcheck?: false;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly autofocus?: boolean;
}

/** An input with its label above and, where it helps, a line below. */
export function Field({ label, hint, onText, class: name = '', ...input }: FieldProps) {
  const id = useId();
  // The attributes' own type has a variant per kind of input and no room for one that is only known at run time.
  const attributes: object = input;
  return (
    <div class={`fm-field ${name}`}>
      <label for={id}>{label}</label>
      <input
        {...attributes}
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      {hint && (
        <p class="fm-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Checkbox({ label, hint, checked, disabled, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div class="fm-check">
      <input
        type="checkbox"
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div>
        <label for={id}>{label}</label>
        {hint && (
          <p class="fm-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
