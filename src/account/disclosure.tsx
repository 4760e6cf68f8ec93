import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useClosing } from '../forms/use-closing.ts';
import { PersonIcon } from './person-icon.tsx';

interface DisclosureProps {
  readonly label: string;
  readonly text: string;
  /** Given what closes it. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that shows a few links and buttons: no ARIA menu, every entry is what it is. */
export function Disclosure({ label, text, children }: DisclosureProps) {
  const isOpen = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  useClosing(box, isOpen);
  return (
    <div class="ac-box" ref={box}>
      <button
        type="button"
        class="ac-button"
        aria-expanded={isOpen.value}
        aria-label={label}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <PersonIcon />
        <span>{text}</span>
      </button>
      {isOpen.value && (
        <div class="ac-menu">
          {children(() => {
            isOpen.value = false;
          })}
        </div>
      )}
    </div>
  );
}
