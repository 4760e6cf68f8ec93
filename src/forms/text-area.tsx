import type { Ref } from 'preact';
import { useId } from 'preact/hooks';

interface TextAreaProps {
  readonly label: string;
  readonly hint?: string;
  readonly rows: number;
  readonly maxLength: number;
  readonly autofocus?: boolean;
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly inputRef?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text, as `Field` is one; how much room is left shows when little is. */
export function TextArea({ label, hint, value, onText, inputRef, ...input }: TextAreaProps) {
  const id = useId();
  const isNearlyFull = value.length > input.maxLength * 0.8;
  return (
    <div class="fm-field">
      <label for={id}>{label}</label>
      <textarea
        {...input}
        ref={inputRef ?? null}
        id={id}
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      {hint && (
        <p class="fm-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {isNearlyFull && (
        <p class="fm-hint" role="status">
          {value.length} / {input.maxLength}
        </p>
      )}
    </div>
  );
}
