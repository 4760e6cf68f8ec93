import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Closes by Escape (with the focus back on its button), by a press elsewhere, and by tabbing out. */
export function useClosing(box: RefObject<HTMLElement | null>, open: Signal<boolean>): void {
  useEffect(() => {
    if (!open.value) return;
    const closed = new AbortController();
    const isOutside = ({ target }: Event) => target instanceof Node && !box.current?.contains(target);
    const leave = (event: Event) => {
      if (isOutside(event)) open.value = false;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      open.value = false;
      box.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', leave, closed);
    document.addEventListener('focusin', leave, closed);
    document.addEventListener('keydown', onKey, closed);
    return () => closed.abort();
  }, [open.value]);
}
