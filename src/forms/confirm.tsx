import type { ComponentChildren } from 'preact';
import type { Language } from '#contract/language.ts';
import { Dialog } from '../lab-pane/parts/dialog.tsx';
import { ProblemNote } from './problem-note.tsx';
import { useAction } from './use-action.ts';

interface ConfirmProps {
  readonly title: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly danger?: boolean;
  /** Whether everything is said that the dialog asks for. */
  readonly isReady?: boolean;
  readonly language: Language;
  /** The dialog stays, with what went wrong, when this fails. */
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Asks, does it, and closes when it is done. The focus starts on the harmless button. */
export function Confirm(props: ConfirmProps) {
  const {
    title,
    confirm,
    cancel,
    danger = false,
    isReady = true,
    language,
    children,
    onConfirm,
    onClose,
  } = props;
  const action = useAction();
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          if (await action.run(onConfirm)) onClose();
        }}
      >
        {children}
        <ProblemNote problem={action.problem} language={language} />
        <div class="lp-dialog-buttons">
          <button type="button" class="lp-button" autofocus={danger} onClick={onClose}>
            {cancel}
          </button>
          <button
            type="submit"
            class={`lp-button ${danger ? 'lp-danger' : 'lp-primary'}`}
            disabled={action.isBusy || !isReady}
          >
            {confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
