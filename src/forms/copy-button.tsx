import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { copyText } from '../lab-pane/copy-text.ts';

const SHOWN_MS = 2_500;

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  readonly done: string;
  readonly failed: string;
  readonly class?: string;
}

/** Copies, and says whether it did. */
export function CopyButton({ text, label, done, failed, class: name = '' }: CopyButtonProps) {
  const outcome = useSignal<'none' | 'done' | 'failed'>('none');
  useEffect(() => {
    if (outcome.value === 'none') return;
    const timer = setTimeout(() => {
      outcome.value = 'none';
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome.value]);
  return (
    <button
      type="button"
      class={`lp-button ${name}`}
      onClick={async () => {
        outcome.value = (await copyText(text)) ? 'done' : 'failed';
      }}
    >
      <span aria-live="polite">{{ none: label, done, failed }[outcome.value]}</span>
    </button>
  );
}
