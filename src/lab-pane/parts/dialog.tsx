import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A modal on the platform's own `<dialog>`: it keeps the focus inside and gives it back afterwards. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      class="lp-dialog"
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}

interface ConfirmProps extends DialogProps {
  readonly confirm: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
}

/** Asks before something that can't be undone. The focus starts on the harmless button. */
export function ConfirmDialog({ confirm, danger, onConfirm, ...props }: ConfirmProps) {
  const texts = usePane().texts;
  return (
    <Dialog {...props}>
      {props.children}
      <div class="lp-dialog-buttons">
        <button type="button" class="lp-button" autofocus onClick={props.onClose}>
          {texts.cancel}
        </button>
        <button
          type="button"
          class={danger ? 'lp-button lp-danger' : 'lp-button lp-primary'}
          onClick={() => {
            onConfirm();
            props.onClose();
          }}
        >
          {confirm}
        </button>
      </div>
    </Dialog>
  );
}
