import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useClosing } from '../forms/use-closing.ts';

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
        <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
          <path
            d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8c.6-3.6 3.7-6 7.500-6s6.900 2.400 7.500 6"
            fill="none"
            stroke="currentColor"
            stroke-width="1.6"
            stroke-linecap="round"
          />
        </svg>
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
