import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Takes the focus to the first thing to press in here when what had it is gone: else a keyboard begins anew. */
export function useFocusKept(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body)
      place.current?.querySelector<HTMLElement>('button')?.focus();
  }, [place]);
}
