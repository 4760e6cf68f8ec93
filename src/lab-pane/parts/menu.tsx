import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useClosing } from '../../forms/use-closing.ts';
import type { IconName } from './icon.tsx';
import { ToolButton } from './tool-button.tsx';

interface MenuProps {
  readonly label: string;
  readonly icon?: IconName;
  readonly class?: string;
  readonly children: (close: () => void) => ComponentChildren;
}

/** A plain disclosure behind a button, "…" unless told, not an ARIA menu: every entry is an ordinary button. */
export function Menu({ label, icon = 'more', class: name = '', children }: MenuProps) {
  const open = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const close = () => {
    open.value = false;
  };

  useClosing(box, open);
  return (
    <div class={`lp-more ${name}`} ref={box}>
      <ToolButton
        icon={icon}
        label={label}
        expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      />
      {open.value && <div class="lp-menu">{children(close)}</div>}
    </div>
  );
}

interface MenuButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly close: () => void;
  readonly disabled?: boolean;
  readonly class?: string;
}

export function MenuButton({ label, onClick, close, disabled, class: name = '' }: MenuButtonProps) {
  return (
    <button
      type="button"
      class={`lp-menu-row ${name}`}
      disabled={disabled}
      onClick={() => {
        close();
        onClick();
      }}
    >
      {label}
    </button>
  );
}
