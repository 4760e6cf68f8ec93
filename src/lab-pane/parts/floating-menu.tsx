import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

const GAP_PX = 6;

interface FloatingMenuProps {
  readonly icon: IconName;
  readonly label: string;
  /** Said beside the icon where there is room. */
  readonly word?: string;
  readonly class?: string;
  readonly disabled?: boolean;
  readonly children: (close: () => void) => ComponentChildren;
}

/** A disclosure above everything, also above what scrolls or clips around its button. The browser closes it. */
export function FloatingMenu(props: FloatingMenuProps) {
  const isOpen = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  /** A terminal that has just connected takes the focus, too: only who tabs out has left the menu. */
  const isTabbing = useRef(false);
  const close = () => panel.current?.hidePopover();
  return (
    <>
      <button
        ref={button}
        type="button"
        class={`lp-tool ${props.class ?? ''}`}
        aria-label={props.label}
        title={props.label}
        aria-expanded={isOpen.value}
        disabled={props.disabled}
        onClick={() => panel.current?.togglePopover()}
      >
        <Icon name={props.icon} />
        {props.word && <span class="lp-tool-label">{props.word}</span>}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only watches the focus leave the buttons inside */}
      <div
        ref={panel}
        popover="auto"
        class="lp-menu lp-menu-floating"
        onBeforeToggle={(event) => {
          // Before it shows, so that it has its size when it is placed; until then nobody sees it.
          isOpen.value = event.newState === 'open';
          event.currentTarget.style.visibility = 'hidden';
        }}
        onToggle={(event) => {
          if (event.newState !== 'open' || !button.current || !panel.current) return;
          place(panel.current, button.current.getBoundingClientRect());
          panel.current.querySelector<HTMLElement>('button:enabled')?.focus();
        }}
        onKeyDown={({ key }) => {
          isTabbing.current = key === 'Tab';
        }}
        onFocusOut={({ relatedTarget }) => {
          if (!isTabbing.current) return;
          const isInside = relatedTarget instanceof Node && panel.current?.contains(relatedTarget);
          if (relatedTarget !== null && !isInside && relatedTarget !== button.current) close();
        }}
      >
        {isOpen.value && props.children(close)}
      </div>
    </>
  );
}

/** Below its button where there is room, else above; never beyond the window. */
function place(panel: HTMLElement, anchor: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = anchor.bottom + GAP_PX;
  const fits = below + height + GAP_PX <= innerHeight;
  const top = fits ? below : Math.max(GAP_PX, anchor.top - GAP_PX - height);
  const left = Math.min(Math.max(GAP_PX, anchor.right - width), innerWidth - width - GAP_PX);
  panel.style.top = `${top}px`;
  panel.style.left = `${left}px`;
  panel.style.visibility = '';
}
